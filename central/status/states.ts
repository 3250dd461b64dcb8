import { count } from '../../shared/count-format.ts';
import { writtenMoment } from '../../shared/day.ts';
import { type Health, worst } from '../../shared/doctor/health.ts';
import { plainTable } from '../../shared/plain-table.ts';
import { isTreatKind } from '../state/jobs.ts';
import { progressWords } from './job-words.ts';
import type { JobRow } from './jobs.ts';
import { type Matter, mattersOf, nextStep } from './matters.ts';
import { problemText } from './problem-text.ts';
import type { StatusRow } from './row.ts';
import { wrapped } from './wrapped.ts';

export const healths: Readonly<Record<Health, string>> = {
  ok: '✓ ok',
  warning: '! atenção',
  critical: '✗ crítico',
};

/** A state a line, and beneath what is the matter, since when, and what to do: 80 columns. */
export function statesText(
  rows: readonly StatusRow[],
  jobs: readonly JobRow[],
  failing: ReadonlyMap<string, string>,
): string {
  const table = plainTable(['UF', 'situação', 'última coleta', 'visões', 'linhas', 'próxima'], {
    colAligns: ['left', 'left', 'left', 'right', 'right', 'left'],
  });
  const lines: string[] = [];
  for (const [uf, views] of Map.groupBy(rows, ({ source }) => source)) {
    table.push(stateCells(uf, views));
    lines.push(...stateLines(uf, views, jobs, failing.get(uf) ?? null));
  }
  return [table.toString(), ...lines].join('\n');
}

function stateCells(uf: string, views: readonly StatusRow[]): string[] {
  const collected = views.flatMap(({ lastSuccess }) => lastSuccess ?? []).toSorted();
  const known = views.filter(({ view }) => view !== null);
  const left = views[0]?.left ?? null;
  return [
    uf,
    left === null ? healths[worst(views.map(({ health }) => health))] : '– saiu',
    // Of the view that is furthest behind.
    moment(collected[0] ?? null),
    `${collected.length}/${known.length}`,
    count.format(views.reduce((sum, { rows }) => sum + (rows ?? 0), 0)),
    moment(views[0]?.nextRun ?? null),
  ];
}

function stateLines(
  uf: string,
  views: readonly StatusRow[],
  jobs: readonly JobRow[],
  failing: string | null,
): string[] {
  const left = views[0]?.left ?? null;
  if (left !== null) {
    return told('–', uf, `saiu em ${writtenMoment(left.at)}; dados e provas ficam. ${left.reason}`, null);
  }
  const first = firstLoad(uf, views, jobs);
  const rule = views[0]?.rule ?? 2;
  const ruled = rule === 2 ? [] : told('·', uf, ruleWords[rule], null);
  const loading = first === null ? [] : told('…', uf, `primeira carga ${first}`, null);
  const all = mattersOf(views, (code) => `${problemText(code)} [${code}]`);
  // Why nothing came yet is told besides.
  const isTold = first !== null || all.some(({ code }) => code === 'run-failed');
  const matters = all
    .filter(({ code }) => !(isTold && code === 'never-collected'))
    .flatMap((matter) => {
      const sign = matter.health === 'critical' ? '✗' : '!';
      return told(sign, uf, matterWords(matter, failing), nextStep(matter, uf));
    });
  return [...ruled, ...loading, ...matters];
}

/** How a source is read that has no agent, and what proves what it gave. */
const ruleWords = {
  1: 'regra 1: a central lê o banco, pela VPN; prova: observações da central',
  5: 'regra 5: a central lê o banco, pela internet; prova: observações da central',
} as const;

function matterWords({ code, words, views }: Matter, failing: string | null): string {
  const since = code === 'run-failed' && failing !== null ? `, desde ${writtenMoment(failing)}` : '';
  const where =
    views.length === 0 ? '' : `: ${views.length > 3 ? `${views.length} visões` : views.join(', ')}`;
  return words + since + where;
}

/** How far the load is that brings a state's first rows; null where none is under way. */
function firstLoad(uf: string, views: readonly StatusRow[], jobs: readonly JobRow[]): string | null {
  if (views.every(({ lastSuccess }) => lastSuccess !== null)) return null;
  const job = jobs.find(
    ({ source, kind, state }) => source === uf && state === 'running' && !isTreatKind(kind),
  );
  return job === undefined ? null : progressWords(job).join(', ');
}

/** `✗ AL  what is the matter`, and what to do about it beneath. */
function told(sign: string, uf: string, words: string, next: string | null): string[] {
  const [first = '', ...more] = wrapped(words, '      ');
  return [
    `${sign} ${uf}  ${first.trimStart()}`,
    ...more,
    ...(next === null ? [] : wrapped(`→ ${next}`, '      ')),
  ];
}

function moment(instant: string | null): string {
  return instant === null ? '–' : writtenMoment(instant);
}
