import type { Questions, Transaction } from '../base.ts';
import { instantToSecond } from '../instants.ts';

/** That somebody is to be forgotten. */
export interface Order {
  /** Of the person: see `guarita.tombstone`; and that of their national id. */
  readonly tombstone: Buffer;
  readonly natal: Buffer;
  readonly source: string;
  readonly view: string;
  /** What a court calls it. */
  readonly order: string;
  readonly who: string;
  readonly through: string;
}

/** An order that was recorded, with what went by it. */
export interface RecordedOrder {
  readonly id: string;
  readonly order: string;
  readonly who: string;
  /** Instants in ISO 8601, UTC; null while something of it may be left. */
  readonly at: string;
  readonly done: string | null;
  /** Rows that went, by table. */
  readonly gone: Readonly<Record<string, number>>;
}

/** What the last entry of an order is. */
const end = 'fim';

/** Null for somebody of whom nobody ordered it. */
export async function orderOf(
  questions: Questions,
  source: string,
  tombstone: Buffer,
): Promise<RecordedOrder | null> {
  const [order] = await questions.query<RecordedOrder>(
    `SELECT id, ordem AS "order", quem AS who, ${instantToSecond('quando')} AS at,
            (SELECT ${instantToSecond('max(g.quando)')} FROM decidido.esquecido g
              WHERE g.esquecimento = o.id AND g.tabela = '${end}') AS done,
            coalesce((SELECT jsonb_object_agg(tabela, linhas) FROM (
              SELECT tabela, sum(linhas) AS linhas FROM decidido.esquecido g
               WHERE g.esquecimento = o.id AND g.tabela <> '${end}' GROUP BY tabela) s), '{}') AS gone
       FROM decidido.esquecimento o WHERE fonte = $1 AND lapide = $2`,
    [source, tombstone],
  );
  return order ?? null;
}

/** Records an order, unless there is one for this person. */
export async function recordOrder(
  tx: Transaction,
  { source, view, tombstone, natal, order, who, through }: Order,
): Promise<void> {
  await tx.query(
    `INSERT INTO decidido.esquecimento (id, fonte, visao, lapide, natal, ordem, quem, por_meio)
     VALUES (gen_random_uuid(), $1, $2, $3, $4, $5, $6, $7) ON CONFLICT (fonte, lapide) DO NOTHING`,
    [source, view, tombstone, natal, order, who, through],
  );
}

/** Rows that go by an order, in the transaction in which they do. */
export async function noteGone(
  tx: Transaction,
  id: string,
  gone: Readonly<Record<string, number>>,
): Promise<void> {
  await tx.query(
    `INSERT INTO decidido.esquecido (esquecimento, tabela, linhas)
     SELECT $1, key, value::bigint FROM jsonb_each_text($2::jsonb) ORDER BY key`,
    [id, JSON.stringify(gone)],
  );
}

/** How many rows of a table went by orders, all of them together. @param table `decidido.vinculo` */
export async function goneByOrders(questions: Questions, table: string): Promise<number> {
  const [gone] = await questions.query<{ rows: number }>(
    'SELECT coalesce(sum(linhas), 0)::int AS rows FROM decidido.esquecido WHERE tabela = $1',
    [table],
  );
  return gone?.rows ?? 0;
}

/** Nothing is left of it. */
export function noteEnd(tx: Transaction, id: string): Promise<void> {
  return noteGone(tx, id, { [end]: 0 });
}
