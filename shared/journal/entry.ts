import { hash } from 'node:crypto';
import Type, { type Static } from 'typebox';

/**
 * The agent's journal, as both sides read it: entries in a chain, each with the hash of itself and of the one before.
 * An entry is a request that was answered or refused, or an event such as the end of the agreement. It holds digests
 * and counts, never a value of a row.
 */
export const requestBodySchema = Type.Object({
  request: Type.String({ description: 'Id of the request, as the log has it.' }),
  /** `jti` of the grant, null when there was none that held. */
  grant: Type.Union([Type.String(), Type.Null()]),
  /** Thumbprint of the key that signed the request. */
  key: Type.Union([Type.String(), Type.Null()]),
  from: Type.String({ description: 'Address of the caller.' }),
  method: Type.String(),
  resource: Type.String({ description: 'The path, without the query.' }),
  query: Type.Union([Type.String(), Type.Null()], { description: 'SHA-256 of the query, base64url.' }),
  /** SHA-256 of the request's signature: names the request on both sides. */
  signature: Type.Union([Type.String(), Type.Null()]),
  view: Type.Union([Type.String(), Type.Null()], { description: 'The view that was given, of the grant.' }),
  status: Type.Integer(),
  problem: Type.Union([Type.String(), Type.Null()]),
  rows: Type.Union([Type.Integer(), Type.Null()]),
  bytes: Type.Integer({ description: 'Bytes of the body as sent.' }),
  digest: Type.String({ description: 'Content-Digest of the body as sent.' }),
});
export type RequestBody = Static<typeof requestBodySchema>;

/** Something that happened to the agent itself, in words of its own: `event` names it, the rest describes it. */
export type EventBody = { readonly event: string } & Readonly<Record<string, unknown>>;

export const entrySchema = Type.Object({
  id: Type.Integer({ minimum: 1 }),
  at: Type.String(),
  kind: Type.Enum(['request', 'event']),
  /** JSON, kept as the text that was hashed. */
  body: Type.String(),
  hash: Type.String(),
});
export type JournalEntry = Static<typeof entrySchema>;

/** In the place of a day: the head is that of the journal's end, signed with every append. */
export const endOfJournal = 'end';

/** What a day's last entry was, signed by the agent: also says how long the journal was, which the chain cannot. */
export const headSchema = Type.Object({
  day: Type.String({ pattern: `^(?:\\d{4}-\\d{2}-\\d{2}|${endOfJournal})$` }),
  id: Type.Integer({ minimum: 1 }),
  hash: Type.String(),
  keyid: Type.String(),
  signature: Type.String(),
});
export type JournalHead = Static<typeof headSchema>;

/** An entry of a journal, and with it all before: two that share one share what led to it. */
export interface JournalMark {
  readonly id: number;
  readonly hash: string;
}

/** What stands in the place of the hash before the first entry. */
export const noHash = '';

/** Hash of an entry and of all before it: SHA-256, base64url. */
export function entryHash(previous: string, entry: Omit<JournalEntry, 'hash'>): string {
  return hash('sha256', JSON.stringify([previous, entry.id, entry.at, entry.kind, entry.body]), 'base64url');
}

/** The bytes of a head that are signed. @param whose the agent's name, or that of another journal */
export function headBytes(
  whose: string,
  { day, id, hash: last }: Omit<JournalHead, 'keyid' | 'signature'>,
): Buffer {
  return Buffer.from(JSON.stringify(['guarita-journal-head', whose, day, id, last]), 'utf8');
}

/** From the entry before this event on the journal's end is signed: from the first entry on in a new journal. */
export const endSignedEvent = 'journal-end-signed';
/** How its text begins. */
export const endSignedText = `{"event":"${endSignedEvent}"`;

/** Up to which entry nothing shows that the journal was not cut there; null for an entry that tells nothing of it. */
export function endSignedAfter({ kind, body }: Pick<JournalEntry, 'kind' | 'body'>): number | null {
  if (kind !== 'event' || !body.startsWith(endSignedText)) return null;
  const { after } = JSON.parse(body) as { readonly after: unknown };
  return typeof after === 'number' ? after : null;
}

/** How the text of an event of the agreement begins. */
export const agreementEventText = '{"event":"agreement-';

export function isAgreementEvent({ kind, body }: Pick<JournalEntry, 'kind' | 'body'>): boolean {
  return kind === 'event' && body.startsWith(agreementEventText);
}

/**
 * The bytes that are signed of the journal's end.
 * @param agreement number of the last event of the agreement, 0 without any: it cannot be taken out either
 */
export function endBytes(whose: string, { id, hash: last }: JournalMark, agreement: number): Buffer {
  return Buffer.from(JSON.stringify(['guarita-journal-end', whose, id, last, agreement]), 'utf8');
}
