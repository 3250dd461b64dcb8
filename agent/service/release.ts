import Type, { type Static } from 'typebox';
import { readDocument, type SignedDocument } from '../../shared/signing/documents.ts';
import { type PublicKey, publicKey } from '../../shared/signing/keys.ts';

/** In a packaged program: the public half, as JWK, of the key that signs releases (`scripts/package/`). */
declare const GUARITA_RELEASE_KEY: object | null | undefined;

/** What a release says of one file: enough to know the file again, and which program of which version it is. */
export const releaseSchema = Type.Object(
  {
    kind: Type.Literal('guarita-release'),
    program: Type.Enum(['guarita-agent', 'guarita-central']),
    version: Type.String({ pattern: '^\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?$', maxLength: 64 }),
    platform: Type.Enum(['linux-x64', 'win-x64']),
    sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    bytes: Type.Integer({ minimum: 1 }),
    /** When the version was released: the instant of its last change. */
    released: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$' }),
  },
  { additionalProperties: false },
);

export type Release = Static<typeof releaseSchema>;

/**
 * The release that a text tells of, its signature checked by the key that it names itself: whether that is
 * `releaseKey()` is for the caller to compare. Throws `document-unreadable` and `document-altered`.
 * @param what the text is called in an error, such as its file
 */
export function readRelease(text: string, what: string): SignedDocument<Release> {
  return readDocument(text, releaseSchema, what);
}

/** The key that signs releases of this program; null when it runs from source or was packaged without one. */
export function releaseKey(): PublicKey | null {
  const inside = typeof GUARITA_RELEASE_KEY === 'undefined' ? null : GUARITA_RELEASE_KEY;
  return inside === null ? null : publicKey(inside);
}
