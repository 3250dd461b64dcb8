import { provenDigests } from '../../../shared/protocol/page-proof.ts';
import type { PageProof } from '../../../shared/sources/view-source.ts';
import type { Transaction } from '../base.ts';
import type { ViewTarget } from './source-schema.ts';
import type { Lines } from './staging.ts';

/** An answer of the source as it came, and what shows that it gave it; an engine's own has nothing to show. */
export interface Answer extends Lines {
  readonly proof?: PageProof;
}

/** Of a page that wrote something. */
export interface Written {
  readonly load: number;
  readonly run: number;
  /** The last number of a change before it. */
  readonly afterChange: string;
  /** Rows of the answer that named somebody who was forgotten. */
  readonly forgotten: number;
}

/**
 * Keeps in `guarita.pagina` which answer the rows came with that a page has written, in the page's own transaction: what
 * leads from a row to the signature that names it (docs/decisions/0025). Throws `page-invalid` where the digests of the
 * rows are not those that were signed.
 */
export async function recordPage(
  tx: Transaction,
  { source, view }: ViewTarget,
  { lines, rows, proof }: Answer,
  { load, run, afterChange, forgotten }: Written,
): Promise<void> {
  const digests = proof === undefined ? null : provenDigests(lines, rows, proof);
  const { keyid, publicKey, signatureBase, signature } = digests === null ? noProof : (proof ?? noProof);
  await tx.query(
    `INSERT INTO guarita.pagina (source, view, last_change, after_change, load, run, fingerprint, digests, keyid,
       public_key, signature_base, signature, forgotten)
     SELECT $1, $2, last_value, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12 FROM guarita.change`,
    [
      ...[source, view.name, afterChange, load, run, view.fingerprint],
      ...[digests, keyid, publicKey, signatureBase, signature, forgotten],
    ],
  );
}

const noProof = { keyid: null, publicKey: null, signatureBase: null, signature: null };
