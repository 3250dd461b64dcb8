import { existsSync, readFileSync } from 'node:fs';
import {
  datesFrom,
  documentDigest,
  type Invitation,
  phoneCode,
  type Reply,
} from '../../shared/enrolment/documents.ts';
import { GuaritaError } from '../../shared/errors.ts';
import { writePrivateFile } from '../../shared/private-file.ts';
import type { Certificate } from '../../shared/signing/certificates.ts';
import { signDocument } from '../../shared/signing/documents.ts';
import { stateError } from '../../shared/state-file.ts';
import { softwareVersion } from '../../shared/version.ts';
import type { AgentHome } from '../home.ts';
import { stateFiles } from '../state/state.ts';
import { beginAgreement } from './begin-agreement.ts';

export interface NewReply {
  readonly invitation: Invitation;
  /** The invitation as it came. */
  readonly text: string;
  readonly central: Certificate;
  /** Name of this agent. */
  readonly id: string;
  /** Of this agent's state. */
  readonly folder: string;
  readonly url: string;
  readonly views: readonly string[];
  /** Of the views that could be counted. */
  readonly rows: Readonly<Record<string, number>>;
  readonly now: Date;
}

export interface MadeReply {
  readonly text: string;
  /** To be compared by phone. */
  readonly code: string;
}

/** When an invitation was answered, ISO 8601; null where it was not. */
function usedAt({ db }: AgentHome, { id }: Invitation): string | null {
  const at: unknown = db.prepare('SELECT at FROM used_document WHERE id = ?').pluck().get(id);
  return typeof at === 'string' ? at : null;
}

/** Whether an invitation was answered already. Throws `document-used`. */
export function requireUnused(home: AgentHome, invitation: Invitation, what: string): void {
  const at = usedAt(home, invitation);
  if (at !== null) throw new GuaritaError('document-used', `${what}: respondido em ${at}.`);
}

/**
 * The reply to an invitation that was answered, for who lost its file; null where there is none, or it is kept no more.
 * @param folder of this agent's state
 */
export function keptReply(home: AgentHome, invitation: Invitation, folder: string): MadeReply | null {
  const file = stateFiles(folder).reply;
  if (usedAt(home, invitation) === null || !existsSync(file)) return null;
  const text = readFileSync(file, 'utf8');
  const { document } = JSON.parse(text) as { readonly document: Reply };
  return document.invitation === invitation.id ? { text, code: phoneCode(text) } : null;
}

/**
 * Accepts an invitation: the agreement is in force from now on, within its term, and the invitation is used up. The
 * reply is kept, since it cannot be made again.
 */
export async function acceptInvitation(
  home: AgentHome,
  { invitation, text, central, id, folder, url, views, rows, now }: NewReply,
): Promise<MadeReply> {
  const { number: act, begin, end } = invitation.act;
  const grant = await beginAgreement(home, id, {
    act,
    term: { begin: new Date(begin), end: new Date(end) },
    views,
    central: { key: central.key, certificate: central },
  });
  const { key, certificate } = home.identity();
  const document: Reply = {
    kind: 'guarita-resposta',
    invitation: invitation.id,
    digest: documentDigest(text),
    ...datesFrom(now),
    uf: invitation.uf,
    agent: id,
    url,
    certificate: certificate.pem,
    grant,
    software: softwareVersion,
    rows,
  };
  const reply = signDocument(document, key);
  writePrivateFile(stateFiles(folder).reply, reply);
  try {
    home.db.prepare('INSERT INTO used_document (id, at) VALUES (?, ?)').run(invitation.id, now.toISOString());
  } catch (error) {
    throw stateError(error, 'used_document');
  }
  return { text: reply, code: phoneCode(reply) };
}
