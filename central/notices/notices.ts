import { count } from '../../shared/count-format.ts';
import { writtenMoment } from '../../shared/day.ts';
import { type Matter, mattersOf, nextStep } from '../status/matters.ts';
import { problemText } from '../status/problem-text.ts';
import type { FindingCode, StatusRow } from '../status/row.ts';

/** What whoever operates central is told, without being asked. */
export interface Notice {
  /** What it tells, one or more: it is told as long as one of them was not. */
  readonly keys: readonly string[];
  readonly subject: string;
  readonly text: () => string;
}

/** Runs of a source that failed, one after the other, up to now. */
export interface Failing {
  readonly since: string;
  readonly runs: number;
}

/** Days before an end at which it is told of once more. */
const steps = [90, 60, 30, 15, 7, 3, 1, 0] as const;

/**
 * What is the matter with sources that somebody has to do something about: each once, and again when it has become worse or
 * came anew. A function of its arguments alone.
 * @param rows of the status @param failures after how many runs that failed it is told
 */
export function noticesOf(
  rows: readonly StatusRow[],
  failing: ReadonlyMap<string, Failing>,
  { failures, now }: { readonly failures: number; readonly now: Date },
): Notice[] {
  return [...Map.groupBy(rows, ({ source }) => source)].flatMap(([uf, views]) => {
    // Of who has left nobody waits for anything.
    if (views.some(({ left }) => left !== null)) return [];
    const matters = Map.groupBy(mattersOf(views, problemText), ({ code }) => code);
    return [...matters].flatMap(([code, same]) => {
      const ofFailing = failing.get(uf) ?? null;
      const stamps = stampsOf(code, views, {
        failing: ofFailing,
        failures,
        month: now.toISOString().slice(0, 7),
      });
      if (stamps.length === 0) return [];
      const keys = stamps.map((stamp) => `${code} ${uf} ${stamp}`);
      return [noticeOf(uf, same, keys, code === 'run-failed' ? ofFailing : null)];
    });
  });
}

function noticeOf(
  uf: string,
  matters: readonly Matter[],
  keys: readonly string[],
  failing: Failing | null,
): Notice {
  const what =
    failing === null
      ? (matters[0]?.words ?? '')
      : `${count.format(failing.runs)} coletas seguidas sem chegar ao fim, desde ${writtenMoment(failing.since)}`;
  const lines = () => [
    `${uf}: ${what}.`,
    ...matters.flatMap((matter, at) => {
      const next = nextStep(matter, uf);
      const where = matter.views.length === 0 ? '' : ` Visões: ${matter.views.join(', ')}.`;
      const words = at === 0 && failing === null ? '' : `${capital(matter.words)}.`;
      return [
        ...(words + where === '' ? [] : [(words + where).trim()]),
        ...(next === null ? [] : [`→ ${next}`]),
      ];
    }),
    `→ Como está agora: guarita-central status ${uf}`,
  ];
  return { keys, subject: `Guarita: ${uf}, ${what}`, text: () => lines().join('\n') };
}

interface Times {
  readonly failing: Failing | null;
  readonly failures: number;
  /** YYYY-MM: what has no begin of its own that is known is told once a month for as long as it lasts. */
  readonly month: string;
}

/** What tells one case of a matter from the next one; none where nobody is told of it. */
function stampsOf(
  code: FindingCode,
  rows: readonly StatusRow[],
  { failing, failures, month }: Times,
): readonly string[] {
  const having = rows.filter(({ findings }) => findings.some((each) => each.code === code));
  const [row] = having;
  switch (code) {
    case 'run-failed':
      return failing === null || failing.runs < failures ? [] : [failing.since];
    case 'stale':
      return having.map(({ view, lastSuccess }) => `${view ?? ''} ${lastSuccess ?? '-'}`);
    case 'attention-open':
      // As long as it waits, nothing of the view is collected; its begin is renewed where what is in doubt changes.
      return having.map(({ view, attention, lastSuccess }) =>
        [attention?.code, view ?? '', lastSuccess ?? '-'].join(' '),
      );
    case 'act-ends-soon':
    case 'act-ended':
      return endStamps(row?.act ?? null);
    case 'source-ended':
      return [row?.act?.end ?? '-'];
    case 'certificate-ends-soon':
    case 'certificate-ended':
      return endStamps(row?.certificate ?? null);
    case 'quarantine-open':
      // All up to the present one: one that shrinks has none that is new.
      return having.flatMap(({ view, quarantined }) =>
        Array.from(
          { length: 1 + doublings(quarantined ?? 1) },
          (_, level) => `${view ?? ''} ${month} ${level}`,
        ),
      );
    case 'grant-unreadable':
      return [month];
    default:
      return [];
  }
}

function endStamps(ends: { readonly end: string; readonly daysLeft: number } | null): readonly string[] {
  if (ends === null) return [];
  const step = steps.filter((each) => ends.daysLeft <= each).at(-1) ?? steps[0];
  return [`${ends.end} ${step}`];
}

/** How often it has doubled: a quarantine that grows is told of when it is twice as large. */
function doublings(rows: number): number {
  return Math.floor(Math.log2(Math.max(1, rows)));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
