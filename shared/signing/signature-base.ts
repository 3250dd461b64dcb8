import { hash } from 'node:crypto';
import { parseList } from 'structured-headers';

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

/** By which key a base is to be signed, and when it was, as it says itself; null for what is no base. */
export function signerOf(signatureBase: string): { readonly keyid: string; readonly created: Date } | null {
  try {
    const [, parameters] = parseList(componentsOf(signatureBase).get('"@signature-params"') ?? '')[0] ?? [];
    const [keyid, created] = [parameters?.get('keyid'), parameters?.get('created')];
    if (typeof keyid !== 'string' || typeof created !== 'number') return null;
    return { keyid, created: new Date(created * 1000) };
  } catch {
    return null;
  }
}
