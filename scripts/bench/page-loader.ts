import { randomBytes } from 'node:crypto';
import type { PostgresBase } from '../../central/base/postgres.ts';
import type { Likely } from '../../central/base/source-layer/load-options.ts';
import { loadPage } from '../../central/base/source-layer/load-page.ts';
import type { ViewTarget } from '../../central/base/source-layer/source-schema.ts';
import { pageDigestOf } from '../../shared/protocol/row-digests.ts';
import { encodeField, nullField } from '../../shared/sources/reading/lines.ts';
import { rowDigest } from '../../shared/sources/reading/row-digest.ts';
import type { PageProof } from '../../shared/sources/view-source.ts';

export const rowsPerPage = 20_000;

/** The values of a row in the order of its view's columns. */
export type PageRow = readonly (string | null)[];

const proof: Omit<PageProof, 'digests'> = {
  ...{ keyid: 'k'.repeat(43), signatureBase: 'x'.repeat(900) },
  ...{ signature: randomBytes(64), publicKey: randomBytes(32) },
};

/** Loads rows as a page of a view, without an agent and with a proof of the size of a real one. */
export function pageLoader(base: PostgresBase, target: ViewTarget) {
  let { loads } = target;
  return async (rows: readonly PageRow[], likely?: Likely): Promise<void> => {
    const lines = Buffer.from(rows.map(lineOf).join(''));
    const digests = pageDigestOf(lines, rows.length);
    const page = { lines, rows: rows.length, proof: { ...proof, digests } };
    const options = { run: 1, mostRemoved: 0, maxRowBytes: 1024 * 1024, wholeKeys: false, cursor: null };
    ({ loads } = await loadPage(base, target, page, { ...options, expectedLoads: loads, likely }));
  };
}

function lineOf(row: PageRow): string {
  const line = [nullField, ...row.map(encodeField)].join('\t');
  return `${rowDigest(line)}\t${line}\n`;
}
