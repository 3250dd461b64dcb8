import { existsSync } from 'node:fs';
import { phoneCode, type Reply, readReply } from '../../shared/enrolment/documents.ts';
import { GuaritaError } from '../../shared/errors.ts';
import type { Identity } from '../../shared/signing/identity.ts';
import { departureOf } from './end.ts';
import { type EnrolledSource, enrolledFile, readRecord } from './enrolled-source.ts';
import { readGrantFacts } from './grant-facts.ts';
import { invitationOf } from './invite.ts';

/** A reply that answers the open invitation of its state, and what central would hold of the source. */
export interface AcceptableReply {
  readonly reply: Reply;
  readonly source: EnrolledSource;
  /** What both sides compare by phone. */
  readonly code: string;
  readonly views: readonly string[];
  /** What was asked for, and the grant does not name. */
  readonly withheld: readonly string[];
}

/**
 * Judges a reply: whole, in time, to the invitation that is open, for this central's key, and within what was asked for.
 * Throws `document-unreadable`, `-altered`, `-expired`, `-used`, `-foreign`, `already-enrolled` and `grant-invalid`.
 * @param again whether a state that is enrolled may be enrolled anew
 */
export function judgeReply(
  text: string,
  what: string,
  { state, identity, now, again }: { state: string; identity: Identity; now: Date; again: boolean },
): AcceptableReply {
  const { document: reply, certificate } = readReply(text, what, now);
  const { uf } = reply;
  const invitation = invitationOf(state, reply, what, now);
  // One that left comes back this way.
  if (!again && isHere(enrolledFile(state, uf))) throw new GuaritaError('already-enrolled', `${uf}.`);
  const grant = readGrantFacts(reply.grant);
  const { thumbprint } = identity.key;
  if (grant.keyThumbprint !== thumbprint) {
    throw new GuaritaError('document-foreign', `${what}: a autorização é para outra chave da central.`);
  }
  const { number, begin, end } = invitation.act;
  const asked = `ACT ${number}, de ${begin} a ${end}`;
  if (grant.act !== number || grant.begin.toISOString() !== begin || grant.end.toISOString() !== end) {
    throw new GuaritaError('document-foreign', `${what}: o convite é do ${asked}.`);
  }
  const uninvited = grant.views.filter((view) => !invitation.views.includes(view));
  if (uninvited.length > 0) {
    throw new GuaritaError(
      'document-foreign',
      `${what}: visões que não foram pedidas: ${uninvited.join(', ')}.`,
    );
  }
  const source: EnrolledSource = {
    uf,
    url: reply.url,
    agent: reply.agent,
    enrolled: now.toISOString(),
    schedule: null,
    certificates: [{ pem: certificate.pem, until: null }],
    grant: reply.grant,
    centralKey: thumbprint,
    ended: null,
    ...(reply.rows === undefined ? {} : { rows: reply.rows }),
  };
  const withheld = invitation.views.filter((view) => !grant.views.includes(view));
  return { reply, source, code: phoneCode(text), views: grant.views, withheld };
}

function isHere(record: string): boolean {
  return existsSync(record) && departureOf(readRecord(record)) === null;
}
