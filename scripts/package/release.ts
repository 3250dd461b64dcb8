import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Release } from '../../agent/service/release.ts';
import { signDocument } from '../../shared/signing/documents.ts';
import { type KeyPair, keyPair } from '../../shared/signing/keys.ts';
import type { Binary } from './programs.ts';

/**
 * The key that signs releases, a private Ed25519 JWK: its text in GUARITA_RELEASE_KEY, or a file that
 * GUARITA_RELEASE_KEY_FILE names. Null when neither is set.
 */
export async function readReleaseKey(environment: NodeJS.ProcessEnv): Promise<KeyPair | null> {
  const { GUARITA_RELEASE_KEY: text, GUARITA_RELEASE_KEY_FILE: file } = environment;
  const jwk = text ?? (file === undefined ? null : await readFile(file, 'utf8'));
  return jwk === null ? null : keyPair(parse(jwk));
}

/** Without the parser's message: it would quote the key. */
function parse(jwk: string): unknown {
  try {
    return JSON.parse(jwk);
  } catch {
    return null;
  }
}

/** The signed document that goes beside a binary: what it is, and the digest it is known by. */
export async function releaseDocument(
  { program, platform }: Binary,
  { file, version, released, key }: { file: string; version: string; released: string; key: KeyPair },
): Promise<string> {
  const content = await readFile(file);
  const release: Release = {
    kind: 'guarita-release',
    program,
    version,
    platform,
    sha256: createHash('sha256').update(content).digest('hex'),
    bytes: content.length,
    released,
  };
  return signDocument(release, key);
}
