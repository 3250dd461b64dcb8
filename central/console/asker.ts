import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SessionFacts } from '../base/access-layer/sessions.ts';
import type { Case, Kept } from './route.ts';
import { formTokenOf, newSecret } from './secrets.ts';

/** Who asks, as far as it is known. */
export interface Asker {
  readonly cookies: Cookies;
  readonly session: SessionFacts | null;
  readonly case: Case | null;
  /** Of a page within a case its path without the case: another purpose leads back to it. */
  readonly here: string | null;
  readonly now: Date;
}

/** What a browser keeps for this site, and sends along. */
export interface Cookies {
  readonly session: string | null;
  /** Of a browser in which nobody has signed in yet: its forms, too, are told from those of other sites. */
  readonly visit: string | null;
  readonly kept: Readonly<Partial<Record<'browser' | 'request' | 'sign-in', string>>>;
  /** By the session's secret, or by the visit's where there is none. */
  readonly formToken: string | null;
}

/** Of whom nothing is known yet. */
export function nobody(now: Date): Asker {
  return {
    cookies: { session: null, visit: null, kept: {}, formToken: null },
    session: null,
    case: null,
    here: null,
    now,
  };
}

/** Of this host alone, by TLS or on this machine, for all of it (ASVS 3.3.3). */
const names = {
  session: '__Host-guarita',
  visit: '__Host-visita',
  browser: '__Host-navegador',
  'sign-in': '__Host-entrada',
  request: '__Host-pedido',
} as const;

type Name = keyof typeof names;

export function readCookies({ cookies }: FastifyRequest): Cookies {
  const read = (name: Name) => {
    const value = cookies[names[name]];
    return value !== undefined && /^[\w-]{43}$/.test(value) ? value : null;
  };
  const [session, visit] = [read('session'), read('visit')];
  const secret = session ?? visit;
  const [browser, signIn, request] = [read('browser'), read('sign-in'), read('request')];
  return {
    ...{ session, visit },
    kept: {
      ...(browser !== null && { browser }),
      ...(signIn !== null && { 'sign-in': signIn }),
      ...(request !== null && { request }),
    },
    formToken: secret === null ? null : formTokenOf(secret),
  };
}

/** Gives a browser something to keep, or has it forget. Lax: who comes back from Login Único comes from another site. */
export function keep(reply: FastifyReply, name: Name, kept: Kept | null): void {
  const options = { path: '/', secure: true, httpOnly: true, sameSite: 'lax' } as const;
  if (kept === null) reply.clearCookie(names[name], options);
  else {
    const lasting = kept.seconds === undefined ? {} : { maxAge: kept.seconds };
    reply.setCookie(names[name], kept.secret, { ...options, ...lasting });
  }
}

/** The cookies of who asks, with one by which their forms are known. */
export function withVisit(request: FastifyRequest, reply: FastifyReply): void {
  const { asker } = request;
  if (asker.cookies.formToken !== null) return;
  const visit = newSecret();
  keep(reply, 'visit', { secret: visit });
  request.asker = { ...asker, cookies: { ...asker.cookies, visit, formToken: formTokenOf(visit) } };
}
