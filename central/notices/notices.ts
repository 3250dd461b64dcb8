import { count } from '../../shared/count-format.ts';
import { writtenMoment } from '../../shared/day.ts';
import { type Matter, mattersOf, nextStep } from '../status/matters.ts';
import { problemText } from '../status/problem-text.ts';
import type { FindingCode, StatusRow } from '../status/row.ts';

/** What whoever operates central is told, without being asked. */
export interface Notice {
  /** What it tells; as long as that is the same, so is this. */
  readonly key: string;
  readonly subject: string;
  readonly text: string;
}

/** Runs of a source that failed, one after the other, up to now. */
export interface Failing {
  readonly since: string;
  readonly runs: number;
}

/** Days before an end at which it is told of once more. */
const steps = [90, 60, 30, 15, 7, 3, 1, 0] as const;

/**
 * What is the matter with sources that somebody has to do something about: each once, and again when it has become worse. A
 * function of its arguments alone.
 * @param rows of the status @param failures after how many runs that failed it is told
 */
export function noticesOf(
  rows: readonly StatusRow[],
  failing: ReadonlyMap<string, Failing>,
  failures: number,
): Notice[] {
  return [...Map.groupBy(rows, ({ source }) => source)].flatMap(([uf, views]) => {
    // Of who has left nobody waits for anything.
    if (views.some(({ left }) => left !== null)) return [];
    return mattersOf(views, problemText).flatMap((matter) => {
      const stamp = stampOf(matter, views, failing.get(uf) ?? null, failures);
      return stamp === null ? [] : [noticeOf(uf, matter, stamp, failing.get(uf) ?? null)];
    });
  });
}

function noticeOf(uf: string, matter: Matter, stamp: string, failing: Failing | null): Notice {
  const { code, words, views } = matter;
  const what =
    code === 'run-failed' && failing !== null
      ? `${count.format(failing.runs)} coletas seguidas sem chegar ao fim, desde ${writtenMoment(failing.since)}`
      : words;
  const next = nextStep(matter, uf);
  return {
    key: `${code} ${uf} ${stamp}`,
    subject: `Guarita: ${uf}, ${what}`,
    text: [
      `${uf}: ${what}.`,
      ...(what === words ? [] : [`${capital(words)}.`]),
      ...(views.length === 0 ? [] : [`Visões: ${views.join(', ')}.`]),
      ...(next === null ? [] : [`→ ${next}`]),
      `→ Como está agora: guarita-central status ${uf}`,
    ].join('\n'),
  };
}

/** What tells one case of a matter from the next one; null where nobody is told of it. */
function stampOf(
  { code, views }: Matter,
  rows: readonly StatusRow[],
  failing: Failing | null,
  failures: number,
): string | null {
  const [row] = rows;
  switch (code) {
    case 'run-failed':
      return failing === null || failing.runs < failures ? null : failing.since;
    case 'stale':
      return rows.flatMap(({ lastSuccess }) => lastSuccess ?? []).toSorted()[0] ?? '-';
    case 'attention-open':
      return rows
        .flatMap(({ attention, view }) =>
          attention?.decision === null && (views.length === 0 || views.includes(view ?? ''))
            ? `${attention.code} ${attention.since}`
            : [],
        )
        .toSorted()
        .filter((each, at, all) => each !== all[at - 1])
        .join(' ');
    case 'act-ends-soon':
    case 'act-ended':
      return endStamp(row?.act ?? null);
    case 'certificate-ends-soon':
    case 'certificate-ended':
      return endStamp(row?.certificate ?? null);
    case 'quarantine-open':
      return rows
        .flatMap(({ view, quarantined }) =>
          (quarantined ?? 0) > 0 ? `${view}:${doublings(quarantined ?? 0)}` : [],
        )
        .join(' ');
    default:
      return isToldOf[code] ? '-' : null;
  }
}

/** What else has no case of its own, and is told once for as long as it is remembered that it was. */
const isToldOf: Partial<Record<FindingCode, boolean>> = { 'grant-unreadable': true };

function endStamp(ends: { readonly end: string; readonly daysLeft: number } | null): string | null {
  return ends === null ? null : `${ends.end} ${stepOf(ends.daysLeft)}`;
}

/** The last step that was reached. */
function stepOf(days: number): number {
  return steps.filter((step) => days <= step).at(-1) ?? steps[0];
}

/** How often it has doubled: a quarantine that grows is told of when it is twice as large. */
function doublings(rows: number): number {
  return Math.floor(Math.log2(rows));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
