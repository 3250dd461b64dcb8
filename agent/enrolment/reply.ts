import {
  datesFrom,
  documentDigest,
  type Invitation,
  phoneCode,
  type Reply,
} from '../../shared/enrolment/documents.ts';
import { GuaritaError } from '../../shared/errors.ts';
import type { Certificate } from '../../shared/signing/certificates.ts';
import { signDocument } from '../../shared/signing/documents.ts';
import { stateError } from '../../shared/state-file.ts';
import { softwareVersion } from '../../shared/version.ts';
import type { AgentHome } from '../home.ts';
import { beginAgreement } from './begin-agreement.ts';

export interface NewReply {
  readonly invitation: Invitation;
  /** The invitation as it came. */
  readonly text: string;
  readonly central: Certificate;
  /** Name of this agent. */
  readonly id: string;
  readonly url: string;
  readonly views: readonly string[];
  readonly now: Date;
}

/** Whether an invitation was answered already. Throws `document-used`. */
export function requireUnused({ db }: AgentHome, { id }: Invitation, what: string): void {
  const used: unknown = db.prepare('SELECT at FROM used_document WHERE id = ?').pluck().get(id);
  if (typeof used === 'string') throw new GuaritaError('document-used', `${what}: respondido em ${used}.`);
}

/**
 * Accepts an invitation: the agreement is in force from now on, within its term, and the invitation is used up.
 * Returns the text of the reply, and the code to compare by phone.
 */
export async function acceptInvitation(
  home: AgentHome,
  { invitation, text, central, id, url, views, now }: NewReply,
): Promise<{ readonly text: string; readonly code: string }> {
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
  };
  const reply = signDocument(document, key);
  try {
    home.db.prepare('INSERT INTO used_document (id, at) VALUES (?, ?)').run(invitation.id, now.toISOString());
  } catch (error) {
    throw stateError(error, 'used_document');
  }
  return { text: reply, code: phoneCode(reply) };
}
