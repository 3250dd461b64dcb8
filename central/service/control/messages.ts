import type { Socket } from 'node:net';
import { GuaritaError, type Members } from '../../../shared/errors.ts';
import { type ProblemCode, problems } from '../../../shared/problems/catalogue.ts';

/** Version of what travels here. Both ends are one program, but it may have been upgraded under a service at work. */
export const controlVersion = 1;

/** From the command: what it wants first, and perhaps later that it wants it no more. A line of JSON each. */
export type Request =
  | { readonly version: number; readonly operation: string; readonly input: unknown }
  | { readonly cancel: true };

/** From the service: how far it is, as often as it likes; last, how it ended. */
export type Answer =
  | { readonly progress: unknown }
  | { readonly output: unknown }
  | { readonly problem: ToldError };

/** An error as it travels: what it is about, without its cause. */
export interface ToldError {
  readonly code: string;
  readonly detail: string;
  readonly members: Members;
}

export function tell({ code, detail, members }: GuaritaError): ToldError {
  return { code, detail, members };
}

export function told({ code, detail, members }: ToldError): GuaritaError {
  const known = Object.hasOwn(problems, code);
  return new GuaritaError(known ? (code as ProblemCode) : 'internal', known ? detail : code, {
    members,
    elsewhere: true,
  });
}

/** No message is longer: of the results of 28 states with 20 views each, an answer has 300 kB. */
const mostBytes = 8 * 1024 * 1024;

/**
 * The messages that come from the other end, until it ends. Throws `request-invalid` for what is no message or too long.
 */
export async function* messagesFrom<T>(socket: Socket): AsyncGenerator<T> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  // Left open when this ends early: whoever sent nonsense is told so.
  for await (const bytes of socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    text += decoder.decode(bytes, { stream: true });
    const lines = text.split('\n');
    text = lines.pop() ?? '';
    if (text.length > mostBytes) throw new GuaritaError('request-invalid', 'A mensagem é longa demais.');
    for (const line of lines) yield parse<T>(line);
  }
}

function parse<T>(line: string): T {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null) return value as T;
  } catch {
    // Without the cause: a parser's message quotes what it reads.
  }
  throw new GuaritaError('request-invalid', 'Não é uma mensagem.');
}

export function send(socket: Socket, message: Request | Answer): void {
  if (!socket.writable) return;
  socket.write(`${JSON.stringify(message)}\n`);
}
