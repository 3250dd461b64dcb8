import type { Questions } from '../base.ts';
import type { Subject } from './subject.ts';

/** What registers that share something share, as SQL on `nacional.registro`. */
export const sharedBy = {
  cpf: 'cpf',
  rji: 'rji',
  oab: `(oab_uf || ' ' || oab_numero)`,
  identidade: 'identidade',
} as const satisfies Partial<Record<Subject, string>>;

const register = (role: string) => ({
  key: 'id',
  from: `nacional.registro WHERE fonte = $1 AND papel = '${role}'`,
});
const shared = (key: string) => ({ key, from: `nacional.registro WHERE $1 = '' AND removido IS NULL` });

/** Registers whose birth is looked at, of the source `$1`. */
export const bornIn = `nacional.registro
  WHERE fonte = $1 AND papel = 'custodiado' AND data_nascimento IS NOT NULL AND removido IS NULL`;

interface Keys {
  /** Of the type `text`, or one whose order is that of its texts. */
  readonly key: string;
  readonly from: string;
  /** What comes before all of them, where that is not the empty text. */
  readonly before?: string;
}

const beforeIds = '00000000-0000-0000-0000-000000000000';
/** Also of registers that their sources have no more. */
const id = (key: string): Keys => ({ key, from: `nacional.registro WHERE $1 = ''`, before: beforeIds });

/** Where the keys of a subject are found in their order; others may lie between them. */
const keys: Readonly<Record<Exclude<Subject, 'visao'>, Keys>> = {
  custodiado: register('custodiado'),
  visitante: register('visitante'),
  advogado: register('advogado'),
  unidade: { key: 'id', from: 'nacional.unidade WHERE fonte = $1' },
  nascimento: { key: 'data_nascimento', from: bornIn, before: '0001-01-01' },
  ...{ pessoa: id('pessoa_id'), pessoas: id('pessoa_id') },
  registro: { ...id('natal_id'), from: 'nacional.registro WHERE fonte = $1' },
  busca: { ...id('natal_id'), from: 'nacional.registro WHERE fonte = $1' },
  par: { key: 'lugar', from: `nacional.chave WHERE $1 = ''`, before: beforeIds },
  grupo: id('natal_id'),
  identidade: shared(sharedBy.identidade),
  cpf: shared(sharedBy.cpf),
  rji: shared(sharedBy.rji),
  oab: shared(sharedBy.oab),
};

/**
 * Tables of which all rows are read that name a person of a range: any number of them may name persons who are not there,
 * whom `registro` does not count. Visits are read some at a time.
 */
const namingPersons = [
  ...['outro_nome', 'custodia', 'movimentacao', 'processo', 'pena', 'remicao', 'trabalho_estudo'],
  ...['falta_disciplinar', 'saude', 'vinculo', 'foto'],
];
/** Rows of each of them in a range, besides those of its last key. */
const mostRows = 20_000;

/** The key that lies `skip` keys beyond the next one after `after` (null: beyond the first); null where there are fewer. */
export async function keyAfter(
  questions: Questions,
  subject: Exclude<Subject, 'visao'>,
  under: string,
  after: string | null,
  skip: number,
): Promise<string | null> {
  const { key, from, before = '' } = keys[subject];
  const [found] = await questions.query<{ key: string }>(
    `SELECT (${key})::text AS key FROM ${from} AND ${key} > $2 ORDER BY ${key} OFFSET $3 LIMIT 1`,
    [under, after ?? before, skip],
  );
  return found?.key ?? null;
}

/** The same, or a key before it where there are very many rows up to there. */
export async function nextKey(...asked: Parameters<typeof keyAfter>): Promise<string | null> {
  const [questions, subject, under, after] = asked;
  const far = await keyAfter(...asked);
  return subject === 'custodiado' ? nearerOf(questions, under, after ?? '', far) : far;
}

/** The key up to which none of the tables has very many rows, where that is nearer than another one. */
async function nearerOf(
  questions: Questions,
  source: string,
  after: string,
  far: string | null,
): Promise<string | null> {
  const upTo = far === null ? '' : 'AND custodiado_id < $3';
  const nearer = namingPersons.map(
    (table) => `(SELECT custodiado_id AS key FROM nacional.${table}
                  WHERE fonte = $1 AND custodiado_id > $2 ${upTo} ORDER BY 1 OFFSET ${mostRows} LIMIT 1)`,
  );
  const [first] = await questions.query<{ key: string }>(
    `SELECT key FROM (${nearer.join(' UNION ALL ')}) f ORDER BY key LIMIT 1`,
    [source, after, ...(far === null ? [] : [far])],
  );
  return first?.key ?? far;
}

/**
 * Registers that a table has still something of after one of them up to another (null: without an end), and that are there
 * no more.
 */
export async function withoutRegister(
  questions: Questions,
  table: 'chave' | 'busca',
  after: string | null,
  upTo: string | null,
): Promise<string[]> {
  const rows = await questions.query<{ id: string }>(
    `SELECT t.registro::text AS id FROM nacional.${table} t
      WHERE ($1::uuid IS NULL OR t.registro > $1) AND ($2::uuid IS NULL OR t.registro <= $2)
        AND NOT EXISTS (SELECT FROM nacional.registro r WHERE r.natal_id = t.registro)`,
    [after, upTo],
  );
  return rows.map(({ id }) => id);
}
