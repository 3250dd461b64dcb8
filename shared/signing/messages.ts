import { randomBytes } from 'node:crypto';
import {
  component,
  createSignatureSync,
  type FieldOccurrence,
  type RequestDescriptor,
  type ResponseDescriptor,
  type SignatureComponent,
  verifySignature,
} from 'http-message-sig';
import type { KeyPair, PublicKey } from './keys.ts';

/**
 * HTTP Message Signatures (RFC 9421) as protocol.md uses them: one label, Ed25519, fixed components.
 * The library builds the signature base; what must be covered and how fresh it must be is decided here.
 */
const label = 'guarita';
const algorithm = 'ed25519';

/** A request lives no longer than this. */
export const maxSignatureAgeSeconds = 60;
/** How far the two clocks may differ. */
export const maxClockSkewSeconds = 30;

export interface SignedRequest {
  readonly method: string;
  /** The absolute URI, as `@target-uri` (RFC 9421 section 2.2.2). */
  readonly targetUri: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface SignedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** What a verified signature says of itself. */
export interface SignatureFacts {
  readonly created: number;
  readonly expires: number;
  readonly nonce: string;
  readonly keyid: string;
}

export interface SignatureHeaders {
  readonly signature: string;
  readonly 'signature-input': string;
}

/** A verified response as it can be verified again offline: what was signed, by which key, and the signature. */
export interface SignedReceipt {
  readonly keyid: string;
  /** The key itself, 32 bytes. */
  readonly publicKey: Buffer;
  readonly signatureBase: string;
  readonly signature: Buffer;
}

/** A message whose signature does not hold; why is in `cause`, for the log. */
class SignatureRejected extends Error {}

export function signRequest(request: SignedRequest, key: KeyPair, now = new Date()): SignatureHeaders {
  const created = Math.floor(now.getTime() / 1000);
  const parameters = {
    created,
    expires: created + maxSignatureAgeSeconds,
    nonce: randomBytes(16).toString('base64url'),
    keyid: key.thumbprint,
    alg: algorithm,
  };
  return create(requestDescriptor(request), requestComponents(request), parameters, key);
}

/**
 * Verifies the signature of a request against the key that the caller expects; freshness and single use are the
 * caller's to judge from the facts returned. Throws `SignatureRejected`.
 */
export async function verifyRequest(request: SignedRequest, key: PublicKey): Promise<SignatureFacts> {
  const required = requestComponents(request);
  const parameters = await check(requestDescriptor(request), required, key, [
    'created',
    'expires',
    'nonce',
    'keyid',
  ]);
  const { created = 0, expires = 0, nonce = '', keyid = '' } = parameters;
  return { created, expires, nonce, keyid };
}

/** Signs a response and binds it to its request: method, target and the request's own signature are covered. */
export function signResponse(
  response: SignedResponse,
  request: SignedRequest,
  key: KeyPair,
  now = new Date(),
): SignatureHeaders {
  const parameters = { created: Math.floor(now.getTime() / 1000), keyid: key.thumbprint, alg: algorithm };
  return create(
    responseDescriptor(response, request),
    responseComponents(response, request),
    parameters,
    key,
  );
}

/** Verifies that the key's owner gave this response to this very request. Throws `SignatureRejected`. */
export async function verifyResponse(
  response: SignedResponse,
  request: SignedRequest,
  key: PublicKey,
): Promise<SignedReceipt> {
  const required = responseComponents(response, request);
  const descriptor = responseDescriptor(response, request);
  let receipt: SignedReceipt | undefined;
  const witness: PublicKey = {
    ...key,
    verify(data, signature) {
      receipt = {
        keyid: key.thumbprint,
        publicKey: key.bytes,
        signatureBase: Buffer.from(data).toString('utf8'),
        signature: Buffer.from(signature),
      };
      return key.verify(data, signature);
    },
  };
  await check(descriptor, required, witness, ['created', 'keyid']);
  if (receipt === undefined) throw new SignatureRejected('The signature was not checked.');
  return receipt;
}

function requestComponents(request: SignedRequest): SignatureComponent[] {
  const optional = ['authorization', 'content-digest'].filter((name) => request.headers[name] !== undefined);
  return ['@method', '@target-uri', ...optional];
}

const responseFields = [
  'content-type',
  'content-encoding',
  'guarita-page',
  'guarita-journal',
  'content-digest',
];

function responseComponents(response: SignedResponse, request: SignedRequest): SignatureComponent[] {
  const fields = responseFields.filter((name) => response.headers[name] !== undefined);
  const bound = [component('@method', { req: true }), component('@target-uri', { req: true })];
  if (request.headers['signature'] !== undefined)
    bound.push(component('signature', { req: true, key: label }));
  return ['@status', ...fields, ...bound];
}

function create(
  message: RequestDescriptor | ResponseDescriptor,
  components: SignatureComponent[],
  parameters: Record<string, string | number>,
  key: KeyPair,
): SignatureHeaders {
  const signer = { algorithm, sign: (data: Uint8Array) => key.sign(data) };
  const fields = createSignatureSync(message, { label, components, parameters, signer });
  return { signature: fields.signature, 'signature-input': fields.signatureInput };
}

async function check(
  message: RequestDescriptor | ResponseDescriptor,
  requiredComponents: SignatureComponent[],
  key: PublicKey,
  requiredParameters: string[],
): Promise<{ created?: number; expires?: number; nonce?: string; keyid?: string }> {
  try {
    const verified = await verifySignature(message, {
      label,
      resolveVerifier: () => ({ algorithm, verify: (data, signature) => key.verify(data, signature) }),
      policy: {
        algorithms: [algorithm],
        requiredComponents,
        requiredParameters,
        // Freshness is judged by the caller, who can say by how much the clocks differ.
        clockSkew: Number.MAX_SAFE_INTEGER,
      },
    });
    return verified.parameters;
  } catch (error) {
    throw new SignatureRejected('The signature was not accepted.', { cause: error });
  }
}

function requestDescriptor(request: SignedRequest): RequestDescriptor {
  const { method, targetUri } = request;
  return { kind: 'request', method, targetUri, fields: occurrences(request.headers) };
}

function responseDescriptor(response: SignedResponse, request: SignedRequest): ResponseDescriptor {
  return {
    kind: 'response',
    status: response.status,
    fields: occurrences(response.headers),
    request: requestDescriptor(request),
  };
}

function occurrences(headers: Readonly<Record<string, string>>): FieldOccurrence[] {
  return Object.entries(headers).map(([name, value]) => ({ name, value }));
}
