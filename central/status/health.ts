import { healthExitCodes } from '../../shared/doctor/health.ts';
import { certificateWarningDays } from '../../shared/signing/certificates.ts';
import type { Finding, StatusRow } from './row.ts';

export interface Limits {
  /** Seconds between two collections, and between two reconciliations, by their schedules. */
  readonly collectSeconds: number;
  readonly reconcileSeconds: number;
  /** When the view was last reconciled, or began to be collected. */
  readonly reconciledOrBegun: string | null;
  readonly now: Date;
}

const day = 86_400;
/** A schedule of every hour that was missed twice is not yet worth waking anybody. */
const leastStaleSeconds = 2 * day;
const actCriticalSeconds = 7 * day;
const certificateCriticalDays = 7;
/** Time enough for two administrations to sign an extension. */
const actWarningSeconds = 90 * day;

type Facts = Omit<StatusRow, 'findings' | 'health'>;

/** Everything that is the matter with a view, what is worst first. */
export function findingsOf(facts: Facts, limits: Limits): Finding[] {
  const findings = [
    ...actFindings(facts, limits),
    ...certificateFindings(facts),
    ...runFindings(facts, limits),
    ...rowFindings(facts),
  ];
  if (facts.owed !== null) findings.push({ code: 'reconciliation-owed', health: 'warning' });
  if (isOld(limits)) findings.push({ code: 'reconciliation-old', health: 'warning' });
  return findings.sort((a, b) => healthExitCodes[b.health] - healthExitCodes[a.health]);
}

function actFindings({ act }: Facts, { now }: Limits): Finding[] {
  if (act === null) return [{ code: 'grant-unreadable', health: 'critical' }];
  const { secondsLeft } = act;
  if (secondsLeft < 0) return [{ code: 'act-ended', health: 'critical' }];
  if (secondsLeft <= actCriticalSeconds) return [{ code: 'act-ends-soon', health: 'critical' }];
  if (secondsLeft <= actWarningSeconds) return [{ code: 'act-ends-soon', health: 'warning' }];
  return Date.parse(act.begin) > now.getTime() ? [{ code: 'act-not-begun', health: 'warning' }] : [];
}

/** It is exchanged by collections long before: whoever is warned has time to find out why it was not. */
function certificateFindings({ certificate }: Facts): Finding[] {
  if (certificate === null) return [];
  const { secondsLeft, daysLeft } = certificate;
  if (secondsLeft <= 0) return [{ code: 'certificate-ended', health: 'critical' }];
  if (daysLeft > certificateWarningDays) return [];
  return [
    { code: 'certificate-ends-soon', health: daysLeft <= certificateCriticalDays ? 'critical' : 'warning' },
  ];
}

function runFindings({ lastRun, lagSeconds }: Facts, { collectSeconds }: Limits): Finding[] {
  const findings: Finding[] = [];
  if (lastRun?.outcome === 'failed') findings.push({ code: 'run-failed', health: 'critical' });
  if (lagSeconds === null) findings.push({ code: 'never-collected', health: 'warning' });
  else if (lagSeconds > Math.max(2 * collectSeconds, leastStaleSeconds)) {
    findings.push({ code: 'stale', health: 'critical' });
  }
  return findings;
}

function rowFindings({ attention, quarantined }: Facts): Finding[] {
  const findings: Finding[] = [];
  // What a person has decided, nobody needs to be woken for again; a view that grows old meanwhile is told as such.
  if (attention?.decision === null) findings.push({ code: 'attention-open', health: 'critical' });
  else if (attention !== null) findings.push({ code: 'attention-decided', health: 'warning' });
  if ((quarantined ?? 0) > 0) findings.push({ code: 'quarantine-open', health: 'warning' });
  return findings;
}

function isOld({ reconciledOrBegun, reconcileSeconds, now }: Limits): boolean {
  if (reconciledOrBegun === null) return false;
  return now.getTime() - Date.parse(reconciledOrBegun) > 2 * reconcileSeconds * 1000;
}
