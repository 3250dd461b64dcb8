import { provenDigests } from '../../shared/protocol/page-proof.ts';
import { verifyPage } from '../../shared/protocol/verify-page.ts';
import type { Lookup, Page } from '../../shared/sources/view-source.ts';
import type { PageRow } from './copy-lines.ts';

/** An answer that brings a proof is proven by it, row by row; an engine's own brings none. */
export function checkProof(
  view: string,
  { lines, rows, proof }: Pick<Page | Lookup, 'lines' | 'rows' | 'proof'>,
  decoded: readonly PageRow[],
): void {
  if (proof === undefined) return;
  const digests = provenDigests(lines, rows, proof);
  if (digests === null) throw new Error('no digests were signed');
  const read = Array.from({ length: rows }, (_, row) => digests.readBigInt64BE(row * 8).toString());
  if (read.join() !== decoded.map(({ digest }) => digest).join())
    throw new Error('not the digests of its lines');
  const verdict = verifyPage({ view, ...proof, digests });
  if ('flaw' in verdict) throw new Error(`its proof does not hold: ${verdict.flaw}`);
  if (verdict.rows !== rows) throw new Error(`${verdict.rows} rows proven, ${rows} given`);
}
