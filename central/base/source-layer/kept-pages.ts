import type { Questions } from '../base.ts';

/** An answer that wrote something, as `guarita.pagina` keeps it. */
export interface StoredPage {
  readonly fingerprint: string;
  /** What proves it; null where the source signs no digests of rows. */
  readonly proof: PageEvidence | null;
  /** Rows of it that named somebody who was forgotten, and were taken for gone. */
  readonly forgotten: number;
}

/** See `KeptPage` of `shared/protocol/verify-page.ts`. */
export interface PageEvidence {
  readonly digests: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly signatureBase: string;
  readonly signature: Uint8Array;
}

/** The columns of a view, in their order, and its key. */
export interface StoredShape {
  readonly columns: readonly string[];
  readonly key: readonly string[];
}

/** The answer that a change came with; null where none is kept. */
export async function pageOfChange(
  questions: Questions,
  { source, view }: { readonly source: string; readonly view: string },
  change: string,
): Promise<StoredPage | null> {
  const [page] = await questions.query<
    Pick<StoredPage, 'fingerprint' | 'forgotten'> & Nullable<PageEvidence>
  >(
    `SELECT * FROM (
       SELECT after_change, fingerprint, digests, public_key AS "publicKey", signature_base AS "signatureBase", signature,
              forgotten
         FROM guarita.pagina WHERE source = $1 AND view = $2 AND last_change >= $3 ORDER BY last_change LIMIT 1) p
      WHERE p.after_change < $3`,
    [source, view, change],
  );
  if (page === undefined) return null;
  const { fingerprint, forgotten, digests, publicKey, signatureBase, signature } = page;
  const signed = digests !== null && publicKey !== null && signatureBase !== null && signature !== null;
  return { fingerprint, forgotten, proof: signed ? { digests, publicKey, signatureBase, signature } : null };
}

type Nullable<T> = { readonly [K in keyof T]: T[K] | null };

/** The shape that a view had by its fingerprint; null where none is kept, or two that are not the same. */
export async function shapeOf(
  questions: Questions,
  { source, view }: { readonly source: string; readonly view: string },
  fingerprint: string,
): Promise<StoredShape | null> {
  const [shape, other] = await questions.query<StoredShape>(
    'SELECT DISTINCT columns, key FROM guarita.shape WHERE source = $1 AND view = $2 AND fingerprint = $3 LIMIT 2',
    [source, view, fingerprint],
  );
  return shape === undefined || other !== undefined ? null : shape;
}
