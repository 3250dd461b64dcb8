import { isProblemCode, problemOf } from '../../shared/problems/catalogue.ts';
import type { Finding, FindingCode, StatusRow } from './row.ts';
import { findingWords, type Named } from './words.ts';

/** Something that is the matter with a source, and with which of its views. */
export interface Matter {
  readonly code: FindingCode;
  readonly health: Finding['health'];
  readonly words: string;
  /** None: with the state as a whole. */
  readonly views: readonly string[];
  /** By which problem its last run failed; null where that is not what is the matter. */
  readonly problem: string | null;
}

/** What is said of several views in the same words is said once; what is worst first. */
export function mattersOf(rows: readonly StatusRow[], named: Named): Matter[] {
  const found = rows.flatMap((row) =>
    row.findings.map(({ code, health }) => ({
      ...{ code, health, words: findingWords({ code }, row, named), view: row.view },
      problem: code === 'run-failed' ? (row.lastRun?.problem ?? null) : null,
    })),
  );
  const same = [...Map.groupBy(found, ({ health, words }) => `${health} ${words}`).values()];
  const matters = same.flatMap(([first, ...more]): Matter[] => {
    if (first === undefined) return [];
    const { code, health, words, problem } = first;
    const isOfAll = more.length + 1 === rows.length && rows.length > 1;
    const views = isOfAll ? [] : [first, ...more].flatMap(({ view }) => view ?? []);
    return [{ code, health, words, views, problem }];
  });
  return matters.toSorted(
    (one, other) => Number(other.health === 'critical') - Number(one.health === 'critical'),
  );
}

const nextSteps: Partial<Readonly<Record<FindingCode, (uf: string) => string>>> = {
  'grant-unreadable': (uf) => `guarita-central source renew ${uf}`,
  'act-ended': (uf) => `Cobre o aditivo do estado; se saiu: guarita-central source end ${uf} --reason …`,
  'act-ends-soon': () => 'Cobre o aditivo do estado.',
  stale: (uf) => `O serviço está no ar? guarita-central collect ${uf} mostra o que há.`,
  'never-collected': (uf) => `Aguarde o horário, ou: guarita-central collect ${uf}`,
  'attention-open': (uf) => `guarita-central attention ${uf}`,
  'quarantine-open': (uf) => `guarita-central quarantine list ${uf}`,
};

/** What to do about it; null where that is waited for, or the words themselves say it. */
export function nextStep({ code, problem }: Pick<Matter, 'code' | 'problem'>, uf: string): string | null {
  if (problem !== null) return isProblemCode(problem) ? problemOf(problem).pt.hint : null;
  return nextSteps[code]?.(uf) ?? null;
}
