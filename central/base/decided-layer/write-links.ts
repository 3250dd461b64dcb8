import { randomBytes } from 'node:crypto';
import { storableText } from '../../../shared/storable-text.ts';
import type { Transaction } from '../base.ts';
import { wholeInstant } from '../instants.ts';
import { jsonRows } from '../json-rows.ts';
import { holdLock } from '../locks.ts';
import { contentHash, lastLink, linkHash, noLink, type SaidContent, type SaidRow } from './link-chain.ts';

/** Whose word it is, by what it was said, and why. */
export interface Author {
  /** A person's account. */
  readonly who: string;
  /** `command`, `console` */
  readonly through: string;
  readonly reason: string;
}

/** What a person says of two registers, `a` before `b`, or which decision is to hold no more. */
export type NewLink = Author &
  (
    | { readonly a: string; readonly b: string; readonly says: 'same' | 'distinct' | 'unsure' }
    | { readonly revokes: number }
  );

/** Whoever decides has this until the transaction ends: what is held against all decisions is held against all of them. */
export async function decideAlone(tx: Transaction): Promise<void> {
  await holdLock(tx, 'deciding');
}

/** Records what `decideAlone` was asked for, one behind the other; returns the rows. They count from the commit on. */
export async function appendLinks(
  tx: Transaction,
  said: readonly NewLink[],
): Promise<readonly (SaidRow & SaidContent)[]> {
  if (said.length === 0) return [];
  const last = await lastLink(tx);
  const [clock] = await tx.query<{ at: string }>(`SELECT ${wholeInstant('now()')} AS at`);
  let [number, elo] = [last?.number ?? 0, last?.hash ?? noLink];
  const rows = said.map((each) => {
    const { who, through, reason, ...what } = each;
    // As the base will have it: that is what is hashed.
    const content: SaidContent = { a: null, b: null, says: null, ...what, reason: storableText(reason) };
    const salt = randomBytes(16).toString('hex');
    const row: SaidRow = {
      ...{ number: ++number, content: contentHash(salt, content), revokes: null, ...what },
      ...{ who: storableText(who), through, at: clock?.at ?? '' },
    };
    elo = linkHash(elo, row);
    return { ...content, ...row, salt, elo };
  });
  await tx.query(
    `INSERT INTO decidido.vinculo (numero, a, b, diz, revoga, quem, por_meio, motivo, quando, sal, conteudo, elo)
     SELECT number, a, b, says, revokes, who, through, reason, at, decode(salt, 'hex'), decode(content, 'hex'),
            decode(elo, 'hex')
       FROM jsonb_to_recordset($1::jsonb) AS said (number bigint, a uuid, b uuid, says text, revokes bigint, who text,
            through text, reason text, at timestamptz, salt text, content text, elo text) ORDER BY number`,
    [jsonRows(rows)],
  );
  return rows;
}
