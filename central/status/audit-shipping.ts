import type { AuditFacts } from '../state/audit-memory.ts';

/** How the copy of the audit to one place stands, as "serve" wrote it down last. */
export interface Shipping {
  readonly to: 'file' | 'syslog';
  /** Number of the last entry that is surely there; null where nothing was shipped yet. */
  readonly entry: number | null;
  /** Entries that were still to be shipped, and when the first of them was written. */
  readonly behind: number;
  readonly since: string | null;
  /** The code of the problem by which it fails, and since when; null where it does not. */
  readonly failing: { readonly problem: string; readonly since: string | null } | null;
}

/** Of each place that the configuration names. @param facts what central remembers; null where it does not */
export function shippingsOf(
  facts: AuditFacts | null,
  { file, syslog }: { readonly file?: unknown; readonly syslog?: unknown },
): readonly Shipping[] {
  const named = [
    ...(file === undefined ? [] : (['file'] as const)),
    ...(syslog === undefined ? [] : (['syslog'] as const)),
  ];
  return named.map((to) => {
    const known = facts?.shipped[to];
    if (known === undefined) return { to, entry: null, behind: 0, since: null, failing: null };
    const { entry, behind, since, problem, failed = null } = known;
    return { to, entry, behind, since, failing: problem === null ? null : { problem, since: failed } };
  });
}
