import canonicalize from 'canonicalize';
import Type, { type Static, type TLiteral, type TObject } from 'typebox';
import Value from 'typebox/value';
import { GuaritaError } from '../errors.ts';
import { type KeyPair, type PublicKey, publicKey } from './keys.ts';

/**
 * Signed JSON that people can read: `{ document, key, signature }`, the signature being Ed25519 over the canonical form
 * (RFC 8785) of the document, which says of itself what kind it is. Invitations, replies, successions of keys and
 * releases are such documents.
 */
const envelopeSchema = Type.Object({
  document: Type.Object({ kind: Type.String() }, { additionalProperties: true }),
  key: Type.Object({ kty: Type.String(), crv: Type.String(), x: Type.String() }),
  signature: Type.String({ pattern: '^[A-Za-z0-9_-]{86}$' }),
});

export interface SignedDocument<T extends { readonly kind: string }> {
  readonly document: T;
  /** The key that signed it. Whether it is one to be believed is the reader's to say. */
  readonly key: PublicKey;
}

/** The document with its signature, as a line break ended JSON text. */
export function signDocument<T extends { readonly kind: string }>(document: T, key: KeyPair): string {
  const signature = key.sign(bytesToSign(document)).toString('base64url');
  return `${JSON.stringify({ document, key: key.jwk, signature }, null, 2)}\n`;
}

/**
 * The document of a text, of the kind of its schema, once its signature holds by the key that it names itself.
 * Throws `document-unreadable` for what is none, `document-altered` when the signature does not hold.
 * @param what the text is called in an error, such as its file
 */
export function readDocument<T extends TObject<{ kind: TLiteral<string> }>>(
  text: string,
  schema: T,
  what: string,
): SignedDocument<Static<T>> {
  const envelope = parse(text);
  if (!Value.Check(envelopeSchema, envelope)) throw new GuaritaError('document-unreadable', `${what}.`);
  const key = publicKey(envelope.key);
  const { document, signature } = envelope;
  if (!key.verify(bytesToSign(document), Buffer.from(signature, 'base64url'))) {
    throw new GuaritaError('document-altered', `${what}.`);
  }
  if (!Value.Check(schema, document)) {
    throw new GuaritaError('document-unreadable', `${what}: "${document.kind}".`);
  }
  return { document, key };
}

function bytesToSign(document: unknown): Buffer {
  return Buffer.from(canonicalize(document) ?? '', 'utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Without its cause: the parser's message quotes the text.
    return null;
  }
}
