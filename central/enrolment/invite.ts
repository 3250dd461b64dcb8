import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { AgreementTerm } from '../../shared/act.ts';
import {
  datesFrom,
  documentDigest,
  type Invitation,
  invitationSchema,
  readInvitation,
} from '../../shared/enrolment/documents.ts';
import { GuaritaError } from '../../shared/errors.ts';
import { writePrivateFile } from '../../shared/private-file.ts';
import { readDocument, signDocument } from '../../shared/signing/documents.ts';
import type { Identity } from '../../shared/signing/identity.ts';
import type { Departure } from './end.ts';
import { sourceFolder } from './enrolled-source.ts';
import { sourceNames } from './source-names.ts';

/** The invitations of a state, in its folder: the one that is open, and those that were answered and taken back last. */
const openFile = (state: string, uf: string) => join(sourceFolder(state, uf), 'convite.json');
const answeredFile = (state: string, uf: string) => join(sourceFolder(state, uf), 'convite-respondido.json');
const withdrawnFile = (state: string, uf: string) => join(sourceFolder(state, uf), 'convite-retirado.json');

interface NewInvitation {
  readonly uf: string;
  readonly act: string;
  readonly term: AgreementTerm;
  readonly views: readonly string[];
  readonly from: readonly string[];
}

/** Invites a state; an earlier invitation of the same state is taken back. Returns the text of the file to send. */
export function createInvitation(
  state: string,
  identity: Identity,
  { uf, act, term, views, from }: NewInvitation,
  now: Date,
): string {
  const document: Invitation = {
    kind: 'guarita-convite',
    id: randomUUID(),
    ...datesFrom(now),
    uf,
    act: { number: act, begin: term.begin.toISOString(), end: term.end.toISOString() },
    views: [...views],
    certificate: identity.certificate.pem,
    from: [...from],
  };
  const text = signDocument(document, identity.key);
  writePrivateFile(openFile(state, uf), text);
  return text;
}

/**
 * The open invitation that a reply names, by id and digest.
 * Throws `document-used` when that one was answered before, `document-foreign` when it is not the open one.
 */
export function invitationOf(
  state: string,
  reply: { readonly uf: string; readonly invitation: string; readonly digest: string },
  what: string,
  now: Date,
): Invitation {
  const { uf } = reply;
  if (idIn(answeredFile(state, uf)) === reply.invitation) throw new GuaritaError('document-used', `${what}.`);
  const file = openFile(state, uf);
  if (idIn(file) !== reply.invitation) {
    throw new GuaritaError('document-foreign', `${what}: responde a um convite que não é o último de ${uf}.`);
  }
  const text = readFileSync(file, 'utf8');
  if (documentDigest(text) !== reply.digest) {
    throw new GuaritaError(
      'document-altered',
      `${what}: o convite que o estado recebeu não é o que foi feito.`,
    );
  }
  return readInvitation(text, file, now).document;
}

/** Those that wait for an answer, by name; one that cannot be read is not told. */
export function openInvitations(state: string): Invitation[] {
  return sourceNames.flatMap((uf) => {
    const file = openFile(state, uf);
    if (!existsSync(file)) return [];
    try {
      return [readDocument(readFileSync(file, 'utf8'), invitationSchema, file).document];
    } catch {
      return [];
    }
  });
}

/** Nobody can answer it any more; who took it back is kept beside it. False where none is open. */
export function withdrawInvitation(state: string, uf: string, departure: Departure): boolean {
  const file = openFile(state, uf);
  if (!existsSync(file)) return false;
  const withdrawn = { ...departure, invitation: readFileSync(file, 'utf8') };
  writePrivateFile(withdrawnFile(state, uf), `${JSON.stringify(withdrawn, null, 2)}\n`);
  rmSync(file);
  return true;
}

/**
 * The open invitation was answered: it is good for no other reply. Of two who accept its reply at once, either may close it.
 * Throws `document-foreign` where it is another by now, or taken back.
 */
export function closeInvitation(state: string, uf: string, invitation: string): void {
  if (idIn(openFile(state, uf)) === invitation) {
    renameSync(openFile(state, uf), answeredFile(state, uf));
  } else if (idIn(answeredFile(state, uf)) !== invitation) {
    throw new GuaritaError(
      'document-foreign',
      `O convite de ${uf} foi trocado ou retirado enquanto a resposta entrava. Confira: guarita-central source list.`,
    );
  }
}

function idIn(file: string): string | null {
  if (!existsSync(file)) return null;
  const { document } = JSON.parse(readFileSync(file, 'utf8')) as { document: { id: string } };
  return document.id;
}
