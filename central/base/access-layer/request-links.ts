import type { Questions, Transaction } from '../base.ts';
import { instant } from '../instants.ts';

/** Of which letter a link is, and so where it leads. */
export type LinkKind = 'request-link' | 'request-refused' | 'authority-asked';

/** A link of a letter, as it is known without its secret. */
export interface RequestLink {
  readonly kind: LinkKind;
  /** A request; of an authority's, what was brought before them. */
  readonly about: string;
  /** ISO 8601. */
  readonly until: string;
  /** When it was used; null: not yet. */
  readonly used: string | null;
}

/** Puts down a link that a letter carries. @param digest SHA-256 of its secret */
export async function keepLink(
  tx: Transaction,
  {
    digest,
    kind,
    about,
    until,
  }: Pick<RequestLink, 'kind' | 'about'> & { readonly digest: Buffer; readonly until: Date },
  now: Date,
): Promise<void> {
  await tx.query(
    'INSERT INTO acesso.pedido_link (resumo, tipo, sobre, criado, ate) VALUES ($1, $2, $3, $4, $5)',
    [...[digest, kind, about, now, until]],
  );
}

export async function linkOf(questions: Questions, digest: Buffer): Promise<RequestLink | null> {
  const [found] = await questions.query<RequestLink>(
    `SELECT l.tipo AS kind, l.sobre AS about, ${instant('l.ate')} AS until, ${instant('u.quando')} AS used
       FROM acesso.pedido_link l LEFT JOIN acesso.pedido_link_usado u ON u.resumo = l.resumo WHERE l.resumo = $1`,
    [digest],
  );
  return found ?? null;
}

/** Uses one up; false where it was used before, by whomever. */
export async function takeLink(tx: Transaction, digest: Buffer, now: Date): Promise<boolean> {
  const taken = await tx.query(
    `INSERT INTO acesso.pedido_link_usado (resumo, quando) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1`,
    [digest, now],
  );
  return taken.length === 1;
}
