import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { healthExitCodes } from '../../shared/doctor/health.ts';
import type { SourceResult } from '../collect/collect-source.ts';
import type { StatusReport } from '../status/report.ts';
import type { StatusRow } from '../status/row.ts';
import { AuditMetrics, type AuditReport } from './audit-metrics.ts';

type SourceLabels = 'source';
type ViewLabels = 'source' | 'view';

/** A figure of the status, null where it is not known: then the metric is left out for that view. */
interface ViewGauge {
  readonly name: string;
  readonly help: string;
  readonly value: (row: StatusRow) => number | null;
}

const viewGauges: readonly ViewGauge[] = [
  {
    name: 'guarita_central_health',
    help: 'How the view is, as "guarita-central status" says: 0 ok, 1 warning, 2 critical.',
    value: ({ health }) => healthExitCodes[health],
  },
  {
    name: 'guarita_central_last_success_timestamp_seconds',
    help: 'Begin of the last run that collected the view to its end.',
    value: ({ lastSuccess }) => secondsOf(lastSuccess),
  },
  {
    name: 'guarita_central_lag_seconds',
    help: 'Time since the begin of that run.',
    value: ({ lagSeconds }) => lagSeconds,
  },
  {
    name: 'guarita_central_view_rows',
    help: 'Rows of the view in the national base that the source still has.',
    value: ({ rows }) => rows,
  },
  {
    name: 'guarita_central_quarantined_rows',
    help: 'Rows of the view in quarantine.',
    value: ({ quarantined }) => quarantined,
  },
  {
    name: 'guarita_central_attention',
    help: 'Whether the view waits for the decision of a person.',
    value: ({ attention }) => (attention?.decision === null ? 1 : 0),
  },
  {
    name: 'guarita_central_reconciliation_owed',
    help: 'Whether the view is to be reconciled before its schedule says so.',
    value: ({ owed }) => (owed === null ? 0 : 1),
  },
  {
    name: 'guarita_central_last_reconciliation_timestamp_seconds',
    help: 'Begin of the last run that reconciled the view to its end.',
    value: ({ lastReconciliation }) => secondsOf(lastReconciliation),
  },
];

/** The same for all views of a source. */
const sourceGauges: readonly ViewGauge[] = [
  {
    name: 'guarita_central_next_run_timestamp_seconds',
    help: 'When the source is to be collected next, by its schedule.',
    value: ({ nextRun }) => secondsOf(nextRun),
  },
  {
    name: 'guarita_central_act_left_seconds',
    help: 'Time until the agreement (ACT) ends, by the grant; below zero when it has.',
    value: ({ act }) => act?.secondsLeft ?? null,
  },
  {
    name: 'guarita_central_certificate_left_seconds',
    help: 'Time until the certificate of the agent or of central ends, whichever is first; below zero when it has.',
    value: ({ certificate }) => certificate?.secondsLeft ?? null,
  },
];

/** What central tells Prometheus: how each view is, made anew for each look, and what its runs did since it started. */
export class CentralMetrics {
  readonly #registry = new Registry();
  readonly #report: () => StatusReport;
  readonly #auditReport: () => AuditReport;
  readonly #audit = new AuditMetrics(this.#registry);
  readonly #views = viewGauges.map((gauge) => ({
    ...gauge,
    metric: new Gauge<ViewLabels>({
      ...{ name: gauge.name, help: gauge.help },
      ...{ labelNames: ['source', 'view'], registers: [this.#registry] },
    }),
  }));
  readonly #sources = sourceGauges.map((gauge) => ({
    ...gauge,
    metric: new Gauge<SourceLabels>({
      ...{ name: gauge.name, help: gauge.help },
      ...{ labelNames: ['source'], registers: [this.#registry] },
    }),
  }));
  readonly #runs = new Counter({
    name: 'guarita_central_runs_total',
    help: 'Runs that ended, by outcome.',
    labelNames: ['source', 'outcome'] as const,
    registers: [this.#registry],
  });
  readonly #rows = new Counter({
    name: 'guarita_central_run_rows_total',
    help: 'Rows that runs were given, by what became of them; "removed" are those that the source has no more.',
    labelNames: ['source', 'view', 'result'] as const,
    registers: [this.#registry],
  });

  /** @param report tells the status; what it throws fails the look at the metrics, which a monitor notices */
  constructor(report: () => StatusReport, auditReport: () => AuditReport) {
    this.#report = report;
    this.#auditReport = auditReport;
    collectDefaultMetrics({ register: this.#registry });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  metrics(): Promise<string> {
    const { rows } = this.#report();
    // One that is not there any more must not be told for ever.
    for (const { metric } of [...this.#views, ...this.#sources]) metric.reset();
    // Nobody is to be woken for a state that a person took off.
    for (const row of rows) if (row.left === null) this.#set(row);
    this.#audit.set(this.#auditReport(), new Date());
    return this.#registry.metrics();
  }

  runEnded({ source, outcome, views }: SourceResult): void {
    this.#runs.inc({ source, outcome });
    for (const { view, ...counts } of views) {
      for (const result of ['new', 'changed', 'unchanged', 'removed', 'quarantined', 'forgotten'] as const) {
        this.#rows.inc({ source, view, result }, counts[result]);
      }
    }
  }

  #set(row: StatusRow): void {
    const { source, view } = row;
    for (const { metric, value } of this.#sources) {
      const known = value(row);
      if (known !== null) metric.set({ source }, known);
    }
    for (const { metric, value } of this.#views) {
      const known = value(row);
      if (known !== null) metric.set({ source, view: view ?? '' }, known);
    }
  }
}

function secondsOf(instant: string | null): number | null {
  return instant === null ? null : Date.parse(instant) / 1000;
}
