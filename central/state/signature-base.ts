import { hash } from 'node:crypto';

/**
 * The components of a signature base (RFC 9421 section 2.5), by the text of their identifiers: a line each, as the
 * library that made it wrote it.
 */
export function componentsOf(signatureBase: string): ReadonlyMap<string, string> {
  const lines = signatureBase.split('\n').map((line): [string, string] => {
    const at = line.indexOf(': ');
    return [line.slice(0, at), line.slice(at + 2)];
  });
  return new Map(lines);
}

/**
 * The request that a signed response is bound to: SHA-256 of the request's `Signature` field, as the agent's journal
 * has it. Null for a response to a request without one.
 */
export function requestOf(signatureBase: string): string | null {
  const signature = componentsOf(signatureBase).get('"signature";req;key="guarita"');
  return signature === undefined ? null : hash('sha256', `guarita=${signature}`, 'base64url');
}
