import { type Health, worst } from '../../shared/doctor/health.ts';
import type { Agreement, CertificateFacts, SourceFacts, ViewFacts } from './facts.ts';
import { findingsOf } from './health.ts';
import type { ActFacts, CertificateLeft, StatusRow } from './row.ts';
import { type ScheduleFacts, scheduleFacts } from './schedules.ts';

export interface StatusReport {
  readonly at: string;
  /** That of the row that is worst off. */
  readonly health: Health;
  readonly rows: readonly StatusRow[];
}

/** What is due when: schedules are cron expressions, in `timeZone`. */
export interface StatusConfig {
  readonly schedule: string;
  readonly timeZone: string;
  readonly reconcile: {
    readonly schedule: string;
    /** Views with a schedule of their own besides, of this source or of all. */
    readonly views: readonly { readonly view: string; readonly uf?: string; readonly schedule: string }[];
  };
  /** Sources that are collected by a schedule of their own. */
  readonly sources: readonly { readonly uf: string; readonly schedule?: string }[];
}

/**
 * The status of every source that is given, by what is known of it: a function of its arguments alone.
 * Throws `config-invalid` for a schedule that is none.
 */
export function statusReport(sources: readonly SourceFacts[], config: StatusConfig, now: Date): StatusReport {
  const schedules = new Map<string, ScheduleFacts>();
  const scheduleOf = (expression: string): ScheduleFacts => {
    const facts = schedules.get(expression) ?? scheduleFacts(expression, config.timeZone, now);
    schedules.set(expression, facts);
    return facts;
  };
  const reconciliationOf = (source: string, view: string | undefined): number =>
    Math.min(
      ...[
        config.reconcile.schedule,
        ...config.reconcile.views
          .filter((own) => own.view === view && (own.uf ?? source) === source)
          .map(({ schedule }) => schedule),
      ].map((expression) => scheduleOf(expression).intervalSeconds),
    );
  const rows = sources.flatMap((facts) => {
    const own = config.sources.find(({ uf }) => uf === facts.source)?.schedule;
    const collection = scheduleOf(own ?? config.schedule);
    const views: readonly (ViewFacts | null)[] = facts.views.length === 0 ? [null] : facts.views;
    return views.map((view) => {
      const reconcileSeconds = reconciliationOf(facts.source, view?.view);
      return rowOf(facts, view, { collection, reconcileSeconds, now });
    });
  });
  return { at: now.toISOString(), health: worst(rows.map(({ health }) => health)), rows };
}

interface Times {
  readonly collection: ScheduleFacts;
  /** Between two reconciliations of the view. */
  readonly reconcileSeconds: number;
  readonly now: Date;
}

function rowOf(source: SourceFacts, view: ViewFacts | null, times: Times): StatusRow {
  const { state = null, attention = null } = view ?? {};
  const lastSuccess = state?.collected ?? null;
  const facts = {
    source: source.source,
    rule: source.rule ?? null,
    view: view?.view ?? null,
    mode: state?.mode ?? null,
    lastSuccess,
    lagSeconds: lastSuccess === null ? null : secondsBetween(lastSuccess, times.now),
    rows: state?.rows ?? null,
    quarantined: state?.quarantined ?? null,
    lastReconciliation: state?.reconciled ?? null,
    owed: state?.owed ?? null,
    nextRun: source.ended === null ? (times.collection.next?.toISOString() ?? null) : null,
    act: source.grant === null ? null : actFacts(source.grant, times.now),
    certificate: leftOf(source.certificate ?? null, times.now),
    attention:
      attention === null
        ? null
        : { code: attention.code, since: attention.since, decision: attention.decision },
    lastRun: view === null ? source.lastRun : view.lastRun,
    left: source.left ?? null,
  };
  if (facts.left !== null) return { ...facts, findings: [], health: 'ok' };
  if (source.ended !== null) {
    const findings = [{ code: 'source-ended', health: 'warning' }] as const;
    return { ...facts, findings, health: 'warning' };
  }
  const ofView = findingsOf(facts, {
    collectSeconds: times.collection.intervalSeconds,
    reconcileSeconds: times.reconcileSeconds,
    // One that was never reconciled is as old as its first run.
    reconciledOrBegun: facts.lastReconciliation ?? view?.firstRun ?? null,
    now: times.now,
  });
  const unproved = { code: 'journal-unproved', health: 'warning' } as const;
  const findings = source.journal === 'unproved' ? [...ofView, unproved] : ofView;
  return { ...facts, findings, health: worst(findings.map(({ health }) => health)) };
}

function leftOf(certificate: CertificateFacts | null, now: Date): CertificateLeft | null {
  if (certificate === null) return null;
  const { of, end } = certificate;
  const secondsLeft = Math.floor((end.getTime() - now.getTime()) / 1000);
  return { of, end: end.toISOString(), secondsLeft, daysLeft: Math.floor(secondsLeft / 86_400) };
}

function actFacts({ act, begin, end }: Agreement, now: Date): ActFacts {
  // Below zero once its last second is over, which still belongs to it.
  const secondsLeft = Math.ceil((end.getTime() - now.getTime()) / 1000);
  return {
    number: act,
    begin: begin.toISOString(),
    end: end.toISOString(),
    secondsLeft,
    daysLeft: Math.floor(secondsLeft / 86_400),
  };
}

function secondsBetween(instant: string, now: Date): number {
  return Math.round((now.getTime() - Date.parse(instant)) / 1000);
}
