import type { Transaction } from '../base.ts';
import { quoteText } from '../names.ts';
import { acrossKinds, joinedAcross } from './across-kinds.ts';
import { setDownAlone } from './queue.ts';
import { keptUnder, linking, type Subject } from './subject.ts';

/** Which subjects look at the rows of a view, and by which keys: a FROM on rows `r` of its table, and the key. */
interface Looks {
  readonly subject: Subject;
  readonly key: string;
  /** What else is joined. */
  readonly from?: string;
  /** One row may be looked at by very many. */
  readonly byMany?: true;
  /** All that is looked at, where that is not all of the row. */
  readonly of?: readonly string[];
}

/** Who may be the person of a register under another kind, in custody or at the gate. */
const across = (register: string, before = ''): Looks => ({
  ...{
    subject: 'pessoas',
    key: 'o.pessoa_id::text',
    from: `${before} ${joinedAcross(`${register}.pessoa_id`)}`,
  },
});
const register: readonly Looks[] = [
  { subject: 'pessoa', key: 'r.pessoa_id::text' },
  { subject: 'pessoas', key: 'r.pessoa_id::text' },
  across('r'),
  { subject: 'cpf', key: 'r.cpf' },
  { subject: 'registro', key: 'r.natal_id' },
];
const ofPerson: Looks = { subject: 'custodiado', key: 'r.custodiado_id' };
/** Whose link leads to this visitor or lawyer. */
const linked = (role: string): Looks => ({
  subject: 'custodiado',
  key: 'v.custodiado_id',
  from: `JOIN nacional.vinculo v ON v.fonte = r.fonte AND v.pessoa_id = r.id AND v.pessoa_tipo = '${role}'`,
});
/** Those of whom a custody is in this unit. */
const inUnit: Looks = {
  subject: 'custodiado',
  key: 'u.custodiado_id',
  from: 'JOIN nacional.custodia u ON u.fonte = r.fonte AND u.unidade_id = r.id',
  byMany: true,
};
const registerOf = `JOIN nacional.registro p ON p.fonte = r.fonte AND p.papel = 'custodiado' AND p.id = r.custodiado_id`;

/** Whoever it leads to may be the person in custody. */
const ownLink: Looks = {
  subject: 'pessoas',
  key: 'o.pessoa_id::text',
  from: `JOIN nacional.registro o ON o.fonte = r.fonte AND o.papel = r.pessoa_tipo AND o.id = r.pessoa_id
     JOIN LATERAL ${acrossKinds('o.natal_id')} l ON true`,
};

/** By what a custody counts for others than the person. */
const place: readonly string[] = [
  ...[
    'custodiado_id',
    'unidade_id',
    'saida',
    'motivo_saida',
    'natureza',
    'regime',
    'rdd',
    'notas',
    'removido',
  ],
];

/** What else somebody is called. */
const otherName: readonly Looks[] = [
  ...[ofPerson, { subject: 'registro', key: 'p.natal_id', from: registerOf } as const],
  { subject: 'busca', key: 'p.natal_id', from: registerOf, of: ['custodiado_id', 'nome', 'removido'] },
];

/** By these columns a register is found in a search. */
const found = (...of: readonly string[]): Looks => ({ subject: 'busca', key: 'r.natal_id', of });

const looks: Readonly<Record<string, readonly Looks[]>> = {
  unidade: [{ subject: 'unidade', key: 'r.id' }, inUnit],
  custodiado: [
    ...[{ subject: 'custodiado', key: 'r.id' } as const, ...register],
    ...[{ subject: 'rji', key: 'r.rji' } as const, { subject: 'identidade', key: 'r.identidade' } as const],
    { subject: 'nascimento', key: 'r.data_nascimento::text' },
    found(
      ...['nome', 'nome_social', 'alcunhas', 'nome_mae', 'data_nascimento', 'cpf', 'rji', 'rg', 'infopen'],
      'registro_estadual',
    ),
  ],
  visitante: [
    ...[{ subject: 'visitante', key: 'r.id' } as const, ...register, linked('visitante')],
    { subject: 'identidade', key: 'r.identidade' },
    found('nome', 'nome_mae', 'data_nascimento', 'cpf', 'rg'),
  ],
  advogado: [
    ...[{ subject: 'advogado', key: 'r.id' } as const, ...register, linked('advogado')],
    { subject: 'oab', key: `r.oab_uf || ' ' || r.oab_numero` },
    found('nome', 'cpf', 'oab_numero', 'oab_uf'),
  ],
  custodia: [
    ...[ofPerson, { subject: 'unidade', key: 'r.unidade_id', of: place } as const],
    { subject: 'cpf', key: 'p.cpf', from: registerOf, of: place },
    { subject: 'identidade', key: 'p.identidade', from: registerOf, of: place },
    { subject: 'pessoas', key: 'p.pessoa_id::text', from: registerOf, of: place },
    { ...across('p', registerOf), of: place },
  ],
  vinculo: [ofPerson, ownLink],
  outro_nome: otherName,
  visita: [ofPerson, { subject: 'visitante', key: 'r.visitante_id' }],
};

/**
 * Which subjects look only at whether a row is there. There are few units, which seldom come or go, and no index by them on
 * what is many rows: all of these subjects are looked at again then, which is done in steps.
 */
const looksForPresence: Readonly<Record<string, readonly Subject[]>> = { unidade: ['custodiado'] };

function looksAt(view: string): readonly Looks[] {
  return looks[view] ?? [ofPerson];
}

/** The subjects that look at rows of a standard view, each once. */
export function subjectsOf(view: string): readonly Subject[] {
  return [...new Set(looksAt(view).map(({ subject }) => subject))];
}

/**
 * Rows that are written or go, as they were and as they will be: a query for these columns of them, where columns are told
 * that count (`of`) of those alone that differ in one of them.
 */
export type TouchedRows = (columns: readonly string[], of?: readonly string[]) => string;

/** Has all subjects looked at again that look at these rows. */
export async function enqueue(
  tx: Transaction,
  source: string,
  view: string,
  rows: TouchedRows,
): Promise<void> {
  await setDown(tx, source, looksAt(view), rows);
}

/** The same of those that only look whether rows are there. @param rows those that come or go */
export async function enqueuePresence(
  tx: Transaction,
  source: string,
  view: string,
  rows: TouchedRows,
): Promise<void> {
  const looking = looksForPresence[view] ?? [];
  if (looking.length === 0) return;
  const some = await tx.query(`${rows(['id'])} LIMIT 1`);
  if (some.length > 0) await sweepAll(tx, source, looking);
}

/** Units, as they were and as they will be, that are followed to all who are in them: in each there may be thousands. */
const mostFollowed = 40;

async function setDown(
  tx: Transaction,
  source: string,
  looking: readonly Looks[],
  rows: TouchedRows,
): Promise<void> {
  await setDownAlone(tx);
  const followed: Looks[] = [];
  for (const each of looking) {
    const many = each.byMany === true && (await tx.query(`${rows(['id'])} LIMIT ${mostFollowed + 1}`));
    if (many !== false && many.length > mostFollowed) await sweepAll(tx, source, [each.subject]);
    else followed.push(each);
  }
  for (const [of, alike] of Map.groupBy(followed, (each) => each.of)) {
    const keys = alike.map(
      ({ subject, key, from = '' }) =>
        `SELECT '${subject}', ${quoteText(keptUnder(subject, source))}, (${key})::text COLLATE "C"
           FROM touched r ${from} WHERE ${key} IS NOT NULL`,
    );
    const named = alike.flatMap(({ key, from = '' }) => [...`${key} ${from}`.matchAll(/\br\.(\w+)/g)]);
    const columns = [...new Set(named.map(([, name]) => name as string))];
    await tx.execute(
      `WITH touched AS MATERIALIZED (${rows(columns, of)})
       INSERT INTO nacional.fila (assunto, fonte, chave) ${keys.join(' UNION ')} ON CONFLICT DO NOTHING`,
    );
  }
}

/**
 * Has every key of these subjects looked at again, in their order, instead of each key that a row was written for. A sweep
 * that has not begun stays so until the transaction ends; those who ask for the same do not wait for each other.
 */
export async function sweepAll(tx: Transaction, source: string, which: readonly Subject[]): Promise<void> {
  const wanted = which.map((subject) => ({ subject, under: keptUnder(subject, source) }));
  const [subjects, unders] = [wanted.map(({ subject }) => subject), wanted.map(({ under }) => under)];
  // Linkage comes to a sweep of its own while it sets down alone.
  if (which.some((subject) => linking.some((of) => of === subject))) await setDownAlone(tx);
  const held = await tx.query<{ subject: Subject }>(
    `SELECT assunto AS subject FROM nacional.varredura
      WHERE (assunto, fonte) IN (SELECT * FROM unnest($1::text[], $2::text[])) AND apos IS NULL
      ORDER BY assunto, fonte FOR KEY SHARE`,
    [subjects, unders],
  );
  const others = wanted.filter(({ subject }) => !held.some((each) => each.subject === subject));
  if (others.length === 0) return;
  await setDownAlone(tx);
  await tx.query(
    `INSERT INTO nacional.varredura (assunto, fonte) SELECT * FROM unnest($1::text[], $2::text[])
     ON CONFLICT (assunto, fonte) DO UPDATE SET apos = NULL`,
    [others.map(({ subject }) => subject), others.map(({ under }) => under)],
  );
}
