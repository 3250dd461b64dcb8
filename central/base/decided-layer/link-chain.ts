import { hash } from 'node:crypto';
import { type ChainFault, ChainVerifier } from '../../../shared/journal/chain.ts';
import type { Questions } from '../base.ts';
import { wholeInstant } from '../instants.ts';
import { goneByOrders } from './orders.ts';

/** What a row of `decidido.vinculo` says of two registers, or why it revokes an earlier one. */
export interface SaidContent {
  readonly a: string | null;
  readonly b: string | null;
  readonly says: string | null;
  readonly reason: string;
}

/** A row of it, as it is chained. */
export interface SaidRow {
  readonly number: number;
  /** `contentHash` of what it says. */
  readonly content: string;
  readonly revokes: number | null;
  readonly who: string;
  readonly through: string;
  /** ISO 8601 in UTC, to the microsecond. */
  readonly at: string;
}

/** What stands in the place of the hash before the first row. */
export const noLink = '';

/** Stands for what is said without telling it: SHA-256, in hexadecimal digits. @param salt random, as such digits */
export function contentHash(salt: string, { a, b, says, reason }: SaidContent): string {
  return hash('sha256', JSON.stringify([salt, a, b, says, reason]), 'hex');
}

/** Hash of a row and of all before it: SHA-256, in hexadecimal digits. */
export function linkHash(previous: string, row: SaidRow): string {
  const { number, content, revokes, who, through, at } = row;
  return hash('sha256', JSON.stringify([previous, number, content, revokes, who, through, at]), 'hex');
}

/** The row that was recorded last; null where none was. */
export async function lastLink(questions: Questions): Promise<{ number: number; hash: string } | null> {
  const [last] = await questions.query<{ number: number; hash: string }>(
    `SELECT numero::int AS number, encode(elo, 'hex') AS hash FROM decidido.vinculo ORDER BY numero DESC LIMIT 1`,
  );
  return last ?? null;
}

export interface ChainVerdict {
  readonly rows: number;
  /** Of the last row; null where there is none. */
  readonly last: { readonly number: number; readonly hash: string } | null;
  readonly faults: readonly (ChainFault | { readonly id: number; readonly fault: 'missing' })[];
  /**
   * How many rows do not tell any more what was said, and how many of these went by orders to forget somebody. Where there
   * are more than that, somebody blanked them who had none; which they are is not to be known.
   */
  readonly blanked: { readonly rows: number; readonly byOrder: number };
}

/**
 * Reads all rows and tells of each that is not what was recorded, and of those that are missing. That the last ones are
 * missing is only to be known by what was told of them before.
 * @param known a row that was there once, with its hash
 */
export async function verifyLinks(
  questions: Questions,
  known: { readonly number: number; readonly hash: string } | null = null,
): Promise<ChainVerdict> {
  const chain = new ChainVerifier(noLink);
  const faults: ChainVerdict['faults'][number][] = [];
  let [rows, last, isKnown] = [0, null as ChainVerdict['last'], known === null];
  let blanked = 0;
  const all = questions.rows<SaidRow & SaidContent & { readonly salt: string | null; readonly hash: string }>(
    `SELECT numero::int AS number, a::text, b::text, diz AS says, revoga::int AS revokes, quem AS who,
            por_meio AS through, motivo AS reason, ${wholeInstant('quando')} AS at, encode(sal, 'hex') AS salt,
            encode(conteudo, 'hex') AS content, encode(elo, 'hex') AS hash
       FROM decidido.vinculo ORDER BY numero`,
    [],
    { atOnce: 1000 },
  );
  for await (const part of all) {
    for (const { hash, salt, ...said } of part) {
      // Of who is forgotten it is told no more what was said, but that it was.
      const isSaid = salt === null || contentHash(salt, said) === said.content;
      const row = isSaid ? said : { ...said, content: '' };
      rows++;
      if (salt === null) blanked++;
      last = { number: row.number, hash };
      const fault = chain.follow(row.number, hash, (previous) => linkHash(previous, row));
      if (fault !== null) faults.push(fault);
      if (row.number === known?.number) {
        isKnown = true;
        if (hash !== known.hash && fault?.fault !== 'changed')
          faults.push({ id: row.number, fault: 'changed' });
      }
    }
  }
  if (
    !isKnown &&
    known !== null &&
    !faults.some(({ fault, id }) => fault === 'removed' && id === known.number)
  ) {
    faults.push({ id: (last?.number ?? 0) + 1, fault: 'missing' });
  }
  const byOrder = await goneByOrders(questions, 'decidido.vinculo');
  return { rows, last, faults, blanked: { rows: blanked, byOrder } };
}
