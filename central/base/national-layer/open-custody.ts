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

/** What `surelyOpen` looks at, and whose custody it is. */
export const openColumns = [
  'fonte',
  'id',
  'custodiado_id',
  'saida',
  'motivo_saida',
  'removido',
  'notas',
] as const;

/**
 * Sources that tell when a custody ends, as SQL of one column. Each counts by what was last treated of it, also where that
 * fails or is done again: what is missing there can only hide a finding, and has the nation looked at once it is written.
 */
export const sourcesTellingOpenSql = `SELECT source FROM guarita.view
  WHERE view = 'custodia' AND columns @> '[{"name": "saida"}]'`;

/** The same, in order. */
export async function sourcesTellingOpen(questions: Questions): Promise<string[]> {
  const rows = await questions.query<{ source: string }>(`${sourcesTellingOpenSql} ORDER BY source`);
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
