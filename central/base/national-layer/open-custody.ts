import { type Note, notes } from '../../../shared/cleaning/cleaner.ts';
import type { Questions } from '../base.ts';
import { quoteText } from '../names.ts';
import { inScope, type Scope } from './queue.ts';

/** What was given, but not understood: it says something all the same. */
const given = (Object.keys(notes) as Note[]).filter(
  (note) => notes[note] === 'lost' && note !== 'placeholder',
);

/** A condition on a custody `c`: nothing says that it ended, as `isOpen` of treatment's rules. */
export const surelyOpen = (() => {
  const noted = ['saida', 'motivo_saida'].flatMap((column) =>
    given.map((note) => quoteText(`${column}:${note}`)),
  );
  return `c.saida IS NULL AND c.motivo_saida IS NULL AND c.removido IS NULL
      AND (c.notas IS NULL OR NOT c.notas && ARRAY[${noted.join(', ')}])`;
})();

/** Sources whose custodies are treated, and that tell when one ends. */
export async function sourcesTellingOpen(questions: Questions, step: string): Promise<string[]> {
  const rows = await questions.query<{ source: string }>(
    `SELECT v.source FROM guarita.view v
       JOIN nacional.marca m ON m.fonte = v.source AND m.visao = v.view AND m.passo = $1 AND m.completa
      WHERE v.view = 'custodia' AND v.columns @> '[{"name": "saida"}]' ORDER BY v.source`,
    [step],
  );
  return rows.map(({ source }) => source);
}

/** How many people are in a unit under one regime. */
export interface Inside {
  readonly unit: string;
  readonly natureza: string | null;
  readonly regime: string | null;
  readonly rdd: boolean | null;
  /** Who has two such custodies open there counts once. */
  readonly people: number;
}

/** People whose custody is open in each unit of a scope. */
export function peopleInside(questions: Questions, scope: Scope, source: string): Promise<Inside[]> {
  const parameters: unknown[] = [source];
  const condition = inScope('c.unidade_id', scope, parameters);
  return questions.query<Inside>(
    `SELECT c.unidade_id AS unit, c.natureza, c.regime, c.rdd, count(DISTINCT c.custodiado_id)::int AS people
       FROM nacional.custodia c
      WHERE c.fonte = $1 AND ${surelyOpen} AND c.unidade_id IS NOT NULL AND ${condition}
      GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
    parameters,
  );
}
