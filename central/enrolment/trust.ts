import { GuaritaError } from '../../shared/errors.ts';
import { type Certificate, readCertificate } from '../../shared/signing/certificates.ts';
import { type PublicKey, readPublicKey } from '../../shared/signing/keys.ts';
import { readTextFile } from '../../shared/text-file.ts';
import { type AgentEntry, recordOf, type SourceEntry } from '../config.ts';
import { type EnrolledSource, keptOf, readEnrolled, readRecord } from './enrolled-source.ts';

/** Why an agent is believed, and why it believes central. */
export interface Trust {
  readonly agentKeys: readonly PublicKey[];
  readonly grant: string;
  /** Certificates that the agent may show; null for plain HTTP, on loopback. */
  readonly certificates: readonly Certificate[] | null;
  /** Thumbprint of the key of central that the agent knows; null: the present one. */
  readonly centralKey: string | null;
}

/**
 * What is held of a source, enrolled or named in the configuration.
 * Throws `key-unreadable`, `secret-missing`, `document-unreadable`, `certificate-unreadable`.
 */
export function readTrust(entry: AgentEntry, now = new Date()): Trust {
  if ('record' in entry) return trustOf(readEnrolled(entry.record), now);
  return {
    agentKeys: readAgentKeys(entry, now),
    grant: readGrant(entry),
    certificates: null,
    centralKey: null,
  };
}

/** What a record comes to at an instant. Throws `certificate-unreadable`. */
export function trustOf(source: EnrolledSource, now: Date): Trust {
  const certificates = pinnedIn(source, now);
  const { grant, centralKey } = source;
  return { agentKeys: certificates.map(({ key }) => key), grant, certificates, centralKey };
}

/** The keys alone. Throws `key-unreadable`, `document-unreadable`, `certificate-unreadable`. */
export function readAgentKeys(entry: AgentEntry, now = new Date()): PublicKey[] {
  if (!('record' in entry)) return [readPublicKey(entry.agentKey)];
  return pinnedIn(readEnrolled(entry.record), now).map(({ key }) => key);
}

/**
 * Every key that an agent of a source ever signed with, as far as central knows: receipts outlive the keys that signed
 * them, and agents.
 * Throws `key-unreadable`, `document-unreadable`, `certificate-unreadable`.
 */
export function readAllAgentKeys(entry: SourceEntry): PublicKey[] {
  if ('agentKey' in entry) return [readPublicKey(entry.agentKey)];
  const { earlier = [] } = keptOf(readRecord(recordOf(entry) ?? ''));
  return earlier.map((pem) => readCertificate(pem).key);
}

function pinnedIn({ certificates }: EnrolledSource, now: Date): Certificate[] {
  const accepted = certificates.filter(({ until }) => until === null || Date.parse(until) > now.getTime());
  return accepted.map(({ pem }) => readCertificate(pem));
}

/** Why a source is not asked any more, null when it is. Throws `document-unreadable`. */
export function readEnd(entry: SourceEntry): EnrolledSource['ended'] {
  const record = recordOf(entry);
  return record === null ? null : readRecord(record).ended;
}

/** When a source was enrolled; null for one that the configuration names. Throws `document-unreadable`. */
export function readEnrolledAt(entry: SourceEntry): string | null {
  const record = recordOf(entry);
  return record === null ? null : readRecord(record).enrolled;
}

/** The grant of a source alone. Throws `secret-missing`, `document-unreadable`. */
export function readGrant(entry: AgentEntry): string {
  if ('record' in entry) return readEnrolled(entry.record).grant;
  try {
    return readTextFile(entry.grant).trim();
  } catch (error) {
    if (error instanceof GuaritaError) throw error;
    throw new GuaritaError('secret-missing', `Arquivo "${entry.grant}".`, { cause: error });
  }
}
