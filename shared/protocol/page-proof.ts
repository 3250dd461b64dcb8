import { GuaritaError } from '../errors.ts';
import type { PageProof } from '../sources/view-source.ts';
import { pageDigest, rowDigests } from './row-digests.ts';

/**
 * The digests of an answer's lines, 8 bytes each, once they are those that the agent signed; null where it signed none
 * (version 1). What is kept of it, with the receipt, shows later that the agent gave each of these rows.
 *
 * @param lines as they came: neither parted, nor with a stub in the place of a row
 * Throws `page-invalid`.
 */
export function provenDigests(lines: Buffer, rows: number, proof: PageProof): Buffer | null {
  if (proof.digests === null) return null;
  const digests = rowDigests(lines, rows);
  if (pageDigest(digests).equals(proof.digests)) return digests;
  throw new GuaritaError('page-invalid', 'Os resumos das linhas não são os que foram assinados.');
}
