import { createHash } from 'node:crypto';
import Type, { type Static } from 'typebox';
import { GuaritaError } from '../errors.ts';
import { type Certificate, readCertificate } from '../signing/certificates.ts';
import { readDocument, type SignedDocument } from '../signing/documents.ts';

/** The two files by which a central and an agent come to know each other (docs/protocol.md, Enrolment). */

const dates = {
  issued: Type.String({ description: 'When it was made, ISO 8601.' }),
  expires: Type.String({ description: 'Until when it can be used, ISO 8601.' }),
};

/** Central invites a state: who it is, under which agreement, which views it asks for. */
export const invitationSchema = Type.Object({
  kind: Type.Literal('guarita-convite'),
  id: Type.String(),
  ...dates,
  uf: Type.String({ pattern: '^[A-Z]{2}$' }),
  act: Type.Object({ number: Type.String(), begin: Type.String(), end: Type.String() }),
  views: Type.Array(Type.String(), { minItems: 1 }),
  certificate: Type.String({ description: 'The certificate of central, PEM.' }),
  from: Type.Array(Type.String(), { description: 'From which addresses central will ask (CIDR).' }),
});
export type Invitation = Static<typeof invitationSchema>;

/** The state accepts: where its agent is and who it is, and the grant that it gives. */
export const replySchema = Type.Object({
  kind: Type.Literal('guarita-resposta'),
  invitation: Type.String({ description: 'Id of the invitation.' }),
  digest: Type.String({ description: 'SHA-256 of the invitation as the state had it, base64url.' }),
  ...dates,
  uf: Type.String({ pattern: '^[A-Z]{2}$' }),
  agent: Type.String({ description: 'Name of the agent: the issuer of its grants.' }),
  url: Type.String({ pattern: '^https://[^/?#]+$' }),
  certificate: Type.String({ description: 'The certificate of the agent, PEM.' }),
  grant: Type.String(),
  software: Type.String(),
  rows: Type.Optional(
    Type.Record(Type.String(), Type.Integer({ minimum: 0 }), {
      description: 'Rows of each view as they were counted then, for how far the first load is.',
    }),
  ),
});
export type Reply = Static<typeof replySchema>;

/** How long an invitation, or a reply, can be used. */
export const enrolmentDays = 30;

const day = 86_400_000;

/** How far ahead the clock of the other side may be. */
const clockAllowance = 3_600_000;

/** When a document that is made now was made, and until when it can be used. */
export function datesFrom(now: Date): { readonly issued: string; readonly expires: string } {
  return { issued: now.toISOString(), expires: new Date(now.getTime() + enrolmentDays * day).toISOString() };
}

/** A signed document of one side, which holds the certificate of the very key that signed it. */
export interface Presented<T> {
  readonly document: T;
  readonly certificate: Certificate;
}

/** Throws `document-unreadable`, `-altered`, `-expired`, `-foreign`. @param what its file, for the error */
export function readInvitation(text: string, what: string, now: Date): Presented<Invitation> {
  return presented(readDocument(text, invitationSchema, what), what, now);
}

/** Throws `document-unreadable`, `-altered`, `-expired`, `-foreign`. @param what its file, for the error */
export function readReply(text: string, what: string, now: Date): Presented<Reply> {
  return presented(readDocument(text, replySchema, what), what, now);
}

/**
 * What the two people say to each other on the phone: thirty digits of the SHA-256 of the reply, in groups of five. The
 * reply names the invitation by its digest, so that equal codes show that neither file was exchanged on its way.
 */
export function phoneCode(replyText: string): string {
  const digest = createHash('sha256').update(canonicalOf(replyText)).digest();
  const groups = Array.from({ length: 6 }, (_, index) => digest.readUIntBE(index * 5, 5) % 100_000);
  return groups.map((group) => String(group).padStart(5, '0')).join(' ');
}

/** SHA-256 of a signed document, base64url: the same however its file is laid out. */
export function documentDigest(text: string): string {
  return createHash('sha256').update(canonicalOf(text)).digest('base64url');
}

/** Of the parsed text: programs that pass a file on may change its line breaks. */
function canonicalOf(text: string): string {
  return JSON.stringify(JSON.parse(text));
}

function presented<T extends { kind: string; issued: string; expires: string; certificate: string }>(
  { document, key }: SignedDocument<T>,
  what: string,
  now: Date,
): Presented<T> {
  const certificate = readCertificate(document.certificate);
  if (certificate.key.thumbprint !== key.thumbprint) {
    throw new GuaritaError('document-foreign', `${what}: a chave que assina não é a do certificado.`);
  }
  if (!(Date.parse(document.issued) <= now.getTime() + clockAllowance)) {
    throw new GuaritaError('document-expired', `${what}: datado de ${document.issued}.`);
  }
  if (!(now.getTime() < Date.parse(document.expires))) {
    throw new GuaritaError('document-expired', `${what}: valia até ${document.expires}.`);
  }
  return { document, certificate };
}
