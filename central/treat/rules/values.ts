import type { Note } from '../../../shared/cleaning/cleaner.ts';
import { standardViews } from '../../../shared/dictionary/standard-views.ts';
import { isOpen } from './custody-state.ts';
import { askedByLaw, expected } from './expected.ts';
import { nothing } from './finding.ts';
import { isMissing, type Noted, type ViewName } from './rows.ts';
import type { About, Item, RowRule, Rule } from './rule.ts';

/** Columns of which a rule of their own says what is wrong with them. */
const ofTheirOwn: ReadonlySet<string> = new Set([
  ...['custodiado.cpf', 'custodiado.rji', 'custodiado.sexo', 'custodiado.naturalidade_ibge'],
  ...['processo.numero_cnj', 'advogado.oab_numero', 'advogado.oab_uf'],
]);

/** And the notes of which they do, where it is not all. */
const ofTheirOwnNotes: ReadonlySet<string> = new Set([
  ...['custodiado.data_nascimento:invalid', 'custodiado.data_nascimento:default-date'],
  ...['pena.anos:invalid', 'pena.meses:invalid', 'pena.dias:invalid'],
  ...['provisorio', 'fechado', 'semiaberto', 'aberto', 'rdd', 'medida_seguranca', 'outros'].map(
    (whose) => `unidade.vagas_${whose}:invalid`,
  ),
]);

interface NoteRule extends Pick<About, 'code' | 'severity' | 'wrong' | 'todo'> {
  readonly notes: readonly Note[];
}

/** What cleaning says of any column of any view. */
const noteRules: readonly NoteRule[] = [
  {
    code: 'T01',
    severity: 'medium',
    notes: ['unreadable'],
    wrong: 'O valor não é do tipo do campo: há texto onde se espera data ou número, por exemplo.',
    todo: 'Corrija o valor, ou o formato em que a visão o mostra.',
  },
  {
    code: 'T02',
    severity: 'medium',
    notes: ['invalid'],
    wrong: 'O valor não pode existir: um dia que o mês não tem, um número cujos verificadores não conferem.',
    todo: 'Confira o valor na origem e corrija-o.',
  },
  {
    code: 'T03',
    severity: 'medium',
    notes: ['unknown-code'],
    wrong: 'O valor não corresponde a nenhum da lista nacional.',
    todo: 'Use um valor da lista, ou diga a qual deles o do estado corresponde.',
  },
  {
    code: 'T04',
    severity: 'low',
    notes: ['too-long'],
    wrong: 'O texto é mais longo do que esse campo pode ser.',
    todo: 'Confira se a visão junta vários campos num só.',
  },
  {
    code: 'T06',
    severity: 'low',
    notes: ['default-date'],
    wrong: 'A data parece ter sido preenchida só para não ficar vazia.',
    todo: 'Confira a data; se não for conhecida, deixe o campo vazio.',
  },
  {
    code: 'P03',
    severity: 'medium',
    notes: ['encoding-mended', 'encoding-doubtful'],
    wrong: 'O texto tem letras trocadas por sinais, por engano de codificação.',
    todo: 'Confira a codificação do banco e da conexão; corrija o que foi gravado errado.',
  },
];

/** The columns of a row that have one of these notes, each once; what is said by rules of their own is left out. */
function noted(view: string, row: Noted, notes: readonly Note[]): readonly Item[] {
  // Nearly no row has any.
  if (row.notes.length === 0) return nothing;
  const columns = new Set<string>();
  for (const each of row.notes) {
    const at = each.indexOf(':');
    const column = each.slice(0, at);
    const rest = each.slice(at + 1);
    if (notes.some((note) => note === rest) && !isOwn(view, column, rest)) columns.add(column);
  }
  return [...columns];
}

function isOwn(view: string, column: string, note: string): boolean {
  const isLost = !note.startsWith('encoding-');
  return (isLost && ofTheirOwn.has(`${view}.${column}`)) || ofTheirOwnNotes.has(`${view}.${column}:${note}`);
}

const names = standardViews.map(({ name }) => name as ViewName);

const ofNotes: readonly RowRule[] = names.flatMap((view) =>
  noteRules.map(
    ({ notes, ...about }): RowRule => ({
      ...about,
      scope: 'row',
      view,
      ofNotes: true,
      needs: [`${view}.id`],
      find: (row) => noted(view, row, notes),
    }),
  ),
);

/** Those of the columns that the source shows, and leaves without a value in this row. */
function empty(row: Noted, columns: readonly string[], shown: ReadonlySet<string>): readonly Item[] {
  return columns.filter(
    (column) => shown.has(column) && isMissing(row as Noted & Record<string, unknown>, column),
  );
}

const ofExpected: readonly RowRule[] = names.flatMap((view) => {
  const columns = expected[view];
  if (columns === undefined) return [];
  return [
    {
      code: 'T05',
      scope: 'row',
      severity: 'medium',
      view,
      needs: [],
      needsOne: columns.map((column) => `${view}.${column}`),
      wrong: 'Falta um valor que todo registro deveria ter.',
      todo: 'Informe o valor, ou confira por que a visão não o mostra.',
      find: (row, _, shown) => empty(row, columns, shown.columns),
    } satisfies RowRule,
  ];
});

const ofLaw: RowRule<'custodia'> = {
  code: 'C17',
  scope: 'row',
  severity: 'low',
  view: 'custodia',
  needs: ['custodia.saida'],
  needsOne: askedByLaw.map((column) => `custodia.${column}`),
  wrong: 'Falta a data da prisão, ou a do aviso à família ou ao defensor.',
  todo: 'Registre a data; se o aviso não foi feito, faça-o.',
  basis: 'Lei 12.714/2012, art. 2',
  find: (row, _, shown) => (isOpen(row) ? empty(row, askedByLaw, shown.columns) : nothing),
};

export const valueRules: readonly Rule[] = [...ofNotes, ...ofExpected, ofLaw];
