import type { Questions, Transaction } from '../base.ts';
import { instant } from '../instants.ts';

/** What is done to a body (`body-…`), a structure of it, or a collection (`collection-…`). */
export type Change =
  | 'body-renamed'
  | 'body-ended'
  | 'body-authority'
  | 'created'
  | 'renamed'
  | 'moved'
  | 'merged'
  | 'closed'
  | 'collection-created'
  | 'collection-added'
  | 'collection-removed'
  | 'collection-closed';

/** What something was or became, with names as they were then. */
export interface ChangeFacts {
  readonly name?: string;
  /** Of a body. */
  readonly short?: string;
  /** The structure above it; null: none. */
  readonly above?: string | null;
  readonly aboveName?: string | null;
  /** The structure that it went into. */
  readonly into?: string;
  readonly intoName?: string;
}

export interface NewChange {
  readonly body: string;
  readonly structure?: string;
  readonly collection?: string;
  readonly what: Change;
  readonly from?: ChangeFacts;
  readonly to?: ChangeFacts;
  readonly reason?: string;
}

/** @param by who did it; null: at the terminal */
export async function recordChange(
  tx: Transaction,
  change: NewChange,
  by: string | null,
  now: Date,
): Promise<void> {
  const { body, structure = null, collection = null, what, from = null, to = null, reason = null } = change;
  await tx.query(
    `INSERT INTO acesso.estrutura_historia (orgao, estrutura, colecao, feito, quando, por, de, para, motivo)
     VALUES ($1, $2, $3, $4, $5, $6, $7::text::jsonb, $8::text::jsonb, $9)`,
    [
      ...[body, structure, collection, what, now, by],
      ...[from === null ? null : JSON.stringify(from), to === null ? null : JSON.stringify(to), reason],
    ],
  );
}

/** One of them, as it stands. */
export interface StoredChange {
  readonly number: string;
  readonly at: string;
  /** A name; null: at the terminal. */
  readonly by: string | null;
  readonly what: string;
  readonly structure: string | null;
  /** As it is called today. */
  readonly structureName: string | null;
  readonly collectionName: string | null;
  readonly from: ChangeFacts | null;
  readonly to: ChangeFacts | null;
  readonly reason: string | null;
}

/**
 * The last ones of a body, or of one structure of it, the latest first.
 * @param before only those with a lower number, as digits; null: from the last on
 */
export function changesOf(
  questions: Questions,
  { body, structure = null }: { readonly body: string; readonly structure?: string | null },
  { before, most }: { readonly before: string | null; readonly most: number },
): Promise<StoredChange[]> {
  return questions.query<StoredChange>(
    `SELECT h.numero::text AS number, ${instant('h.quando')} AS at, p.nome AS by, h.feito AS what, h.estrutura AS structure,
            e.nome AS "structureName", c.nome AS "collectionName", h.de AS "from", h.para AS "to", h.motivo AS reason
       FROM acesso.estrutura_historia h LEFT JOIN acesso.pessoa p ON p.id = h.por
       LEFT JOIN acesso.estrutura e ON e.id = h.estrutura LEFT JOIN acesso.colecao c ON c.id = h.colecao
      WHERE h.orgao = $1 AND ($2::uuid IS NULL OR h.estrutura = $2) AND ($3::bigint IS NULL OR h.numero < $3)
      ORDER BY h.numero DESC LIMIT $4`,
    [body, structure, before, most],
  );
}
