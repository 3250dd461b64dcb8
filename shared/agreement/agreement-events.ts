import { isDeepStrictEqual } from 'node:util';
import Type, { type Static } from 'typebox';
import Value from 'typebox/value';
import { type Agreement, type AgreementChange, changed, parseAgreement } from './agreement.ts';

/** What became of the agreement, as the journal has it beside its number. */
const changeSchema = Type.Union([
  Type.Object({
    event: Type.Literal('agreement-extended'),
    until: Type.String(),
    document: Type.String(),
  }),
  Type.Object({
    event: Type.Literal('agreement-suspended'),
    reason: Type.Union([Type.String(), Type.Null()]),
  }),
  Type.Object({ event: Type.Literal('agreement-resumed') }),
  Type.Object({ event: Type.Literal('agreement-revoked'), reason: Type.String() }),
]);

/** Whether this is the agreement that the journal's events of it come to. @param events their bodies, in order */
export function isOf(agreement: Agreement, events: readonly string[]): boolean {
  const told = agreementOf(events);
  return told !== null && isDeepStrictEqual(comparable(told), comparable(agreement));
}

/** The agreement of this number as the events last had it; null where there never was one. */
export function lastOfNumber(number: string, events: readonly string[]): Agreement | null {
  let last: Agreement | null = null;
  let told: Agreement | null = null;
  for (const text of events) {
    told = after(told, text);
    if (told?.number === number) last = told;
  }
  return last;
}

/** Null where they come to none. */
function agreementOf(events: readonly string[]): Agreement | null {
  let told: Agreement | null = null;
  try {
    for (const text of events) told = after(told, text);
  } catch {
    // An event that cannot have been: it is not for this to say which.
    return null;
  }
  return told;
}

function after(agreement: Agreement | null, text: string): Agreement | null {
  const event = JSON.parse(text) as { readonly event: unknown };
  if (event.event === 'agreement-begun') {
    const { event: _event, ...begun } = event;
    return parseAgreement(JSON.stringify(begun));
  }
  if (agreement === null || !Value.Check(changeSchema, event)) return null;
  return changed(agreement, changeOf(event), new Date(0));
}

function changeOf(event: Static<typeof changeSchema>): AgreementChange {
  switch (event.event) {
    case 'agreement-extended':
      return { event: 'extended', until: new Date(event.until), document: event.document };
    case 'agreement-suspended':
      return { event: 'suspended', reason: event.reason };
    case 'agreement-resumed':
      return { event: 'resumed' };
    case 'agreement-revoked':
      return { event: 'revoked', reason: event.reason };
  }
}

/** The instant at which it was extended is that of the command, and of the event that of its entry. */
function comparable({ extensions, ...rest }: Agreement): object {
  return { ...rest, extensions: extensions.map(({ until, document }) => ({ until, document })) };
}
