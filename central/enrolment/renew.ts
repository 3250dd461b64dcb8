import { GuaritaError } from '../../shared/errors.ts';
import { readCertificate } from '../../shared/signing/certificates.ts';
import type { Identity } from '../../shared/signing/identity.ts';
import { readSuccession } from '../../shared/signing/successions.ts';
import type { AgentSource } from '../sources/agent.ts';
import { departureOf } from './end.ts';
import { type EnrolledSource, readEnrolled, writeRecord } from './enrolled-source.ts';

export interface RenewOptions {
  /** The record of the source. */
  readonly record: string;
  /** Opens the agent by what the record says now. */
  readonly open: () => AgentSource;
  /** Central's identity that is to follow, and what its present key says of it; null when none is on its way. */
  readonly next: { readonly identity: Identity; readonly succession: string } | null;
  readonly now: Date;
}

/**
 * Keeps up with an agent: takes the grant as it stands now, tells of central's next key, accepts the agent's. What is
 * learned is on disk before it is used, and an answer that is lost is asked for again by the next run.
 * Throws `source-left` of a state that a person took off, what a request to an agent throws, and what a succession can be refused for.
 */
export async function renewTrust({ record, open, next, now }: RenewOptions): Promise<void> {
  requireHere(readEnrolled(record));
  const tell = next !== null && readEnrolled(record).centralKey !== next.identity.key.thumbprint;
  const answer = await ask(open, { record, succession: tell ? next.succession : null });
  const before = readEnrolled(record);
  // Taken off while it was asked.
  requireHere(before);
  const centralKey = tell ? next.identity.key.thumbprint : before.centralKey;
  const renewed = { ...before, grant: answer.grant, centralKey, ended: null };
  const known = answer.succession === null ? renewed : withSuccessor(renewed, answer.succession, now);
  writeRecord(record, known);
  // The agent waits for this before it shows its next certificate.
  if (known.certificates.length > before.certificates.length) {
    const { grant } = await ask(open, { record, succession: null });
    writeRecord(record, { ...readEnrolled(record), grant });
  }
}

/** Throws `source-left`. */
function requireHere(source: EnrolledSource): void {
  if (departureOf(source) !== null) throw new GuaritaError('source-left', `${source.uf}.`);
}

async function ask(
  open: () => AgentSource,
  { record, succession }: { record: string; succession: string | null },
) {
  const source = open();
  try {
    return await source.renew({ succession, accepts: newest(readEnrolled(record)) });
  } finally {
    await source.close();
  }
}

function newest({ certificates }: EnrolledSource): string {
  return fingerprintOf(certificates.at(-1)?.pem ?? '');
}

/**
 * The agent's next certificate among those that are accepted; the others for the overlap. Only the newest key names
 * one: the agent may say again what an older one said, but whoever finds a key that was given up makes no other of it.
 */
function withSuccessor(source: EnrolledSource, succession: string, now: Date): EnrolledSource {
  const believed = source.certificates.map(({ pem }) => readCertificate(pem).key.thumbprint);
  const { certificate, of, until } = readSuccession(succession, believed, now);
  if (source.certificates.some(({ pem }) => fingerprintOf(pem) === certificate.fingerprint)) return source;
  if (of !== believed.at(-1)) throw new GuaritaError('document-foreign', 'guarita-succession.');
  const certificates = source.certificates.map((pin) => ({
    ...pin,
    until: pin.until ?? until.toISOString(),
  }));
  return { ...source, certificates: [...certificates, { pem: certificate.pem, until: null }] };
}

function fingerprintOf(pem: string): string {
  return readCertificate(pem).fingerprint;
}
