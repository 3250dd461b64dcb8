import { existsSync, readFileSync, renameSync } from 'node:fs';
import Type, { type Static } from 'typebox';
import Value from 'typebox/value';
import { GuaritaError } from '../errors.ts';
import { createPrivateFile, writePrivateFile } from '../private-file.ts';
import {
  type Certificate,
  certificateDaysLeft,
  certificateRenewalDays,
  createCertificate,
  readCertificate,
} from './certificates.ts';
import { signDocument } from './documents.ts';
import { generateKeyPair, type KeyPair, type PublicKey, publicKey, readOrCreateKeyPair } from './keys.ts';

/** Who one side is: its key, which signs, and the certificate of that key, which it shows in TLS. */
export interface Identity {
  readonly key: KeyPair;
  readonly certificate: Certificate;
}

/** A key says that another one, with its certificate, takes its place. */
export const successionSchema = Type.Object({
  kind: Type.Literal('guarita-succession'),
  issued: Type.String(),
  /** Until when the key that signs this is accepted beside the one that it names. */
  until: Type.String(),
  certificate: Type.String(),
});
export type Succession = Static<typeof successionSchema>;

/** A key of one's own from before, and until when what it signed is accepted from those who have it. */
export interface RetiredKey {
  readonly key: PublicKey;
  readonly until: Date;
}

const retiredSchema = Type.Array(
  Type.Object({
    key: Type.Object({ kty: Type.String(), crv: Type.String(), x: Type.String() }),
    until: Type.String(),
  }),
);

/** How long a key and its successor are both accepted. */
export const overlapDays = 30;

const day = 86_400_000;

/**
 * The identities of one side over time, each a JWK file (RFC 7517) that holds the certificate as `x5c`, so that key and
 * certificate are exchanged in one rename: the present one, the next one while it is being announced, and those before,
 * of which only the public halves are kept.
 */
export class IdentityFiles {
  readonly #current: string;
  readonly #name: string;

  /** @param file of the present key; @param name who it is, in the certificate, such as `guarita-agent AL` */
  constructor(file: string, name: string) {
    this.#current = file;
    this.#name = name;
  }

  /** The present identity, made when there is none. Throws `key-unreadable`, `state-unwritable`. */
  current(): Promise<Identity> {
    return readOrCreateIdentity(this.#current, this.#name);
  }

  /** The identity that is to follow, null when none is on its way. */
  async next(): Promise<Identity | null> {
    return existsSync(this.#nextFile) ? readOrCreateIdentity(this.#nextFile, this.#name) : null;
  }

  /** The present certificate and the next one, as far as there are any; none is made. Throws `certificate-unreadable`. */
  certificates(): Certificate[] {
    return [this.#current, this.#nextFile].flatMap((file) =>
      existsSync(file) ? (certificateIn(file) ?? []) : [],
    );
  }

  /** Makes the next identity; one that is on its way already stays. */
  prepare(now = new Date()): Promise<Identity> {
    return readOrCreateIdentity(this.#nextFile, this.#name, now);
  }

  /**
   * Makes the next identity when the present certificate ends soon and none is on its way. Returns it then; null when
   * there was nothing to do.
   */
  async prepareWhenDue(now: Date): Promise<Identity | null> {
    const { certificate } = await this.current();
    if (certificateDaysLeft(certificate, now) > certificateRenewalDays) return null;
    return (await this.next()) === null ? this.prepare(now) : null;
  }

  /** What tells the other side of the next identity, signed by the present one; null when none is on its way. */
  async succession(now = new Date()): Promise<string | null> {
    const next = await this.next();
    if (next === null) return null;
    const { key } = await this.current();
    const document: Succession = {
      kind: 'guarita-succession',
      issued: now.toISOString(),
      until: new Date(now.getTime() + overlapDays * day).toISOString(),
      certificate: next.certificate.pem,
    };
    return signDocument(document, key);
  }

  /** The next identity takes the place of the present one, whose key goes on being believed for the overlap. */
  async adopt(now = new Date()): Promise<Identity> {
    const { key } = await this.current();
    const until = new Date(now.getTime() + overlapDays * day);
    const retired = [
      ...this.retired().filter((one) => one.key.thumbprint !== key.thumbprint),
      { key, until },
    ];
    // First: whatever happens in between, no key is current before the one before it is known as retired.
    writePrivateFile(
      this.#retiredFile,
      `${JSON.stringify(retired.map((one) => ({ key: one.key.jwk, until: one.until })))}\n`,
    );
    renameSync(this.#nextFile, this.#current);
    return this.current();
  }

  /** Keys from before, the latest last. Throws `key-unreadable`. */
  retired(): RetiredKey[] {
    if (!existsSync(this.#retiredFile)) return [];
    const value: unknown = parse(readFileSync(this.#retiredFile, 'utf8'));
    if (!Value.Check(retiredSchema, value)) {
      throw new GuaritaError('key-unreadable', `Arquivo "${this.#retiredFile}".`);
    }
    return value.map(({ key, until }) => ({ key: publicKey(key), until: new Date(until) }));
  }

  get #nextFile(): string {
    return this.#current.replace(/\.jwk$/, '.next.jwk');
  }

  get #retiredFile(): string {
    return this.#current.replace(/\.jwk$/, '.retired.json');
  }
}

/**
 * The key of a file with its certificate, either made when missing. Both appear at once, and the first to make them wins:
 * of two certificates of one key the other side could have been told of the one that is not kept.
 */
async function readOrCreateIdentity(file: string, name: string, now = new Date()): Promise<Identity> {
  if (!existsSync(file)) {
    const made = generateKeyPair();
    createPrivateFile(file, identityText(made, await createCertificate(made, name, now)));
  }
  const key = readOrCreateKeyPair(file);
  const certificate = certificateIn(file);
  // A key that was made by itself.
  if (certificate === null) {
    const made = await createCertificate(key, name, now);
    writePrivateFile(file, identityText(key, made));
    return { key, certificate: made };
  }
  if (certificate.key.thumbprint !== key.thumbprint) {
    throw new GuaritaError('certificate-unreadable', `O de "${file}" não é o da chave ao lado.`);
  }
  return { key, certificate };
}

/** The certificate in the file of a key; null for a key without one. Throws `certificate-unreadable`. */
export function certificateIn(file: string): Certificate | null {
  const { x5c } = JSON.parse(readFileSync(file, 'utf8')) as { x5c?: unknown };
  if (x5c === undefined) return null;
  const [der]: unknown[] = Array.isArray(x5c) ? x5c : [];
  return readCertificate(pemText(typeof der === 'string' ? der : ''));
}

function identityText(key: KeyPair, { pem }: Certificate): string {
  return `${JSON.stringify({ ...key.privateKeyObject.export({ format: 'jwk' }), x5c: [derText(pem)] })}\n`;
}

/** Base64 of a certificate, as `x5c` has it. */
function derText(pem: string): string {
  return pem.replace(/-----[^-]+-----|\s/g, '');
}

function pemText(base64: string): string {
  const lines = base64.match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
