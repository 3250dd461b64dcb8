import Type, { type Static } from 'typebox';
import Value from 'typebox/value';
import { isProblemCode } from '../../../shared/problems/catalogue.ts';
import { isPurpose, purposes } from '../access/purposes.ts';
import { problemWords as wordsOf } from '../problem-words.ts';
import { eventNames } from './names.ts';

const text = Type.Optional(Type.Union([Type.String(), Type.Null()]));
const number = Type.Optional(Type.Union([Type.Number(), Type.Null()]));

/** What is written down of a request or an event, as the console and commands write it. */
const bodySchema = Type.Object({
  ...{ event: text, method: text, route: text, from: text, session: text, purpose: text, problem: text },
  ...{ emergency: Type.Optional(Type.Boolean()), found: number, shown: number },
  /** Whose command it was, by the system. */
  who: text,
});
export type EntryBody = Static<typeof bodySchema>;

/** Of one that is not as it is written nothing is told but that: whoever can write to the base could have. */
export function bodyOf({ body }: { readonly body: string }): EntryBody {
  const value: unknown = JSON.parse(body);
  return Value.Check(bodySchema, value) ? value : { event: 'unknown' };
}

export function eventWords(event: string): string {
  return Object.hasOwn(eventNames, event) ? (eventNames[event] as string) : event;
}

/** Why something was refused; a problem that this version does not know by its code. */
export function problemWords(code: string): string {
  return isProblemCode(code) ? wordsOf(code).title.replace(/\.$/, '') : code;
}

/** What was done, in a few words. */
export function doneWords({ event, method, route, problem }: EntryBody): string {
  if (isText(problem)) return `teve um pedido recusado: ${problemWords(problem)}`;
  if (isText(event)) return eventWords(event);
  return method === 'GET' ? `abriu ${pageWords(route)}` : `enviou ${pageWords(route)}`;
}

/** A page by its address, without the purpose, which is told beside it, and without what stands for this one or that. */
export function pageWords(route: string | null | undefined): string {
  if (!isText(route)) return 'uma página';
  const path = route.replace(/^\/caso\/:caso/, '').replace(/:[a-z]+/gi, '…');
  return path === '' ? 'o caso' : path;
}

export function purposeWords(code: string | null | undefined): string | null {
  if (code === null || code === undefined) return null;
  return isPurpose(code) ? purposes[code].name : code;
}

/** How many there were and were shown. */
export function countWords({ found, shown }: EntryBody): string | null {
  if (typeof found !== 'number') return null;
  const told = counted(found, 'achado');
  return typeof shown !== 'number' || shown === 0 ? told : `${told}, ${counted(shown, 'mostrado')}`;
}

function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}

function isText(value: string | null | undefined): value is string {
  return value !== null && value !== undefined;
}
