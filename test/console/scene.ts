import { hash, randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Test } from 'tap';
import { openCase } from '../../central/base/access-layer/cases.ts';
import { openEmergency } from '../../central/base/access-layer/emergencies.ts';
import { addGrant, type NewGrant } from '../../central/base/access-layer/grants.ts';
import { addBody, addPerson } from '../../central/base/access-layer/people.ts';
import { giveRole } from '../../central/base/access-layer/roles.ts';
import { chooseBody, openSession, type Stage } from '../../central/base/access-layer/sessions.ts';
import type { Base } from '../../central/base/base.ts';
import { consoleBaseInProcess } from '../../central/base/console-base.ts';
import type { Role } from '../../central/console/access/roles.ts';
import { buildConsole } from '../../central/console/app.ts';
import type { Asset } from '../../central/console/html/assets.ts';
import type { ConsoleOptions } from '../../central/console/options.ts';
import type { ConsoleRoute } from '../../central/console/route.ts';
import { routes as allRoutes } from '../../central/console/routes.ts';
import { type Seal, sealWith } from '../../central/console/seal.ts';
import { digestOf, formTokenOf, newSecret } from '../../central/console/secrets.ts';
import { createLogger } from '../../shared/log.ts';
import { HandClock } from '../support/hand-clock.ts';

/** By name: a key that WebAuthn registers is of a name and not of an address. */
export const origin = 'http://localhost:8080';
const day = 24 * 60 * 60_000;

/** The console over a base, asked without a network, at an hour that the test sets. */
export interface ConsoleScene {
  readonly app: FastifyInstance;
  readonly base: Base;
  readonly clock: HandClock;
  readonly now: () => Date;
  /** Of what the base keeps closed. */
  readonly seal: Seal;
  /** As browsers know it, where it is not that of most tests. */
  readonly origin?: string;
}

/** What a console may have otherwise than most tests need; a key of its own, made of this text. */
export type SceneOptions = Omit<Partial<ConsoleOptions>, 'base' | 'routes'> & {
  readonly key?: string;
  /** Its own login at the base, where it has one. */
  readonly login?: Base;
};

export async function consoleScene(
  t: Test,
  base: Base,
  routes: readonly ConsoleRoute[] = allRoutes,
  { key = 'a', login, ...more }: SceneOptions = {},
): Promise<ConsoleScene> {
  const clock = new HandClock();
  const now = () => new Date(clock.now());
  const log = createLogger('silent', 'test');
  const seal = sealWith(hash('sha256', key, 'buffer'));
  // As production serves it: pages may no more than the console's role.
  const limited = login ?? (await consoleBaseInProcess(base));
  const app = await buildConsole({
    ...{ base: limited, log, routes, clock: now, origin: () => origin, requestsPerMinute: 100_000 },
    seal,
    assets: {
      ...{ style: asset('estilo.css'), script: asset('guarita.js'), icon: asset('guarita.svg') },
      fonts: [],
      pictures: [],
    },
    ...more,
  });
  t.teardown(() => app.close());
  return { app, base, clock, now, seal };
}

function asset(name: string): Asset {
  return { path: `/recursos/${name}`, mediaType: 'text/plain', content: Buffer.from(name) };
}

/** A body that was made up, with a grant that its agreement gives it. */
export async function madeBody(
  { base, now }: ConsoleScene,
  grant: Partial<NewGrant> | null = {},
): Promise<{ readonly id: string; readonly short: string; readonly grant: string }> {
  const [id, granted] = [randomUUID(), randomUUID()];
  const short = `ORG-${id.slice(0, 8)}`;
  await base.transaction(async (tx) => {
    await addBody(tx, { id, short, name: `Órgão ${short}` }, now());
    if (grant === null) return;
    await addGrant(
      tx,
      {
        ...{ id: granted, body: id, agreement: 'ACT 1/2026', views: ['custodiado', 'custodia'] },
        ...{ sensitive: [], hidden: [], states: [], purposes: ['execucao-penal'] },
        ...{ personQuota: 100, bodyQuota: 1000 },
        ...{ from: new Date(now().getTime() - day), to: new Date(now().getTime() + 365 * day) },
        ...grant,
      },
      now(),
    );
  });
  return { id, short, grant: granted };
}

/** Somebody who was made up, with roles in a body for a year. */
export async function madePerson(
  { base, now }: ConsoleScene,
  body: string | null,
  roles: readonly Role[],
): Promise<{ readonly id: string; readonly cpf: string; readonly name: string }> {
  const id = randomUUID();
  const cpf = withCheckDigits(String(BigInt(`0x${id.replaceAll('-', '')}`) % 10n ** 9n).padStart(9, '0'));
  const name = `Fulana ${id.slice(0, 8)}`;
  await base.transaction(async (tx) => {
    await addPerson(tx, { id, cpf, name, email: null }, now());
    if (body === null) return;
    for (const role of roles) {
      const [from, until] = [new Date(now().getTime() - day), new Date(now().getTime() + 365 * day)];
      await giveRole(tx, { id: randomUUID(), person: id, body, role, from, until, givenBy: null });
    }
  });
  return { id, cpf, name };
}

/** A CPF of its first nine digits. */
export function withCheckDigits(digits: string): string {
  if (digits.length === 11) return digits;
  const weighed = digits.split('').map((digit, at) => Number(digit) * (digits.length + 1 - at));
  const sum = weighed.reduce((all, one) => all + one, 0);
  return withCheckDigits(`${digits}${((sum * 10) % 11) % 10}`);
}

/** A browser that holds a session of somebody: what it sends. */
export interface Browser {
  readonly session: string;
  readonly secret: string;
  readonly formToken: string;
  get(path: string, headers?: Record<string, string>): Promise<Shown>;
  post(
    path: string,
    form: Readonly<Record<string, string>>,
    headers?: Record<string, string>,
  ): Promise<Shown>;
}

export interface Shown {
  readonly status: number;
  readonly location: string | null;
  readonly text: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

export async function browserOf(
  scene: ConsoleScene,
  person: string,
  {
    stage = 'aberta',
    factor = true,
    body = null,
  }: { readonly stage?: Stage; readonly factor?: boolean; readonly body?: string | null } = {},
): Promise<Browser> {
  const { base, now } = scene;
  const [session, secret] = [randomUUID(), newSecret()];
  await base.transaction(async (tx) => {
    const limit = new Date(now().getTime() + day / 2);
    await openSession(
      tx,
      {
        ...{ id: session, digest: digestOf(secret), person, stage, factor, limit },
        ...{ means: 'senha', address: '127.0.0.1', browser: 'test' },
      },
      now(),
    );
    if (body !== null) await chooseBody(tx, session, body);
  });
  return { session, ...browserWith(scene, secret) };
}

/** A browser that holds this secret, whatever it is worth. */
export function browserWith(
  { app, origin: own = origin }: ConsoleScene,
  secret: string,
): Omit<Browser, 'session'> {
  const formToken = formTokenOf(secret);
  const cookie = `__Host-guarita=${secret}`;
  const ask = async (options: object): Promise<Shown> => {
    const answer = await app.inject(options);
    const { location } = answer.headers;
    return {
      status: answer.statusCode,
      location: typeof location === 'string' ? location : null,
      ...{ text: answer.body, headers: answer.headers },
    };
  };
  return {
    ...{ secret, formToken },
    get: (path, headers = {}) => ask({ method: 'GET', url: path, headers: { cookie, ...headers } }),
    post: (path, form, headers = {}) =>
      ask({
        ...{ method: 'POST', url: path },
        headers: { cookie, origin: own, 'content-type': 'application/x-www-form-urlencoded', ...headers },
        payload: new URLSearchParams({ _formulario: formToken, ...form }).toString(),
      }),
  };
}

/** Why this session looks, in the body where its person works; returns the number. */
export function madeCase(
  { base, now }: ConsoleScene,
  session: string,
  purpose = 'execucao-penal',
  isEmergency = false,
): Promise<number> {
  return base.transaction(async (tx) => {
    const [works] = await tx.query<{ body: string; person: string }>(
      `SELECT s.pessoa AS person,
              coalesce(s.orgao, (SELECT min(p.orgao::text)::uuid FROM acesso.papel p WHERE p.pessoa = s.pessoa)) AS body
         FROM acesso.sessao s WHERE s.id = $1`,
      [session],
    );
    if (works === undefined) throw new Error('no such session');
    const opened = { ...works, purpose, reference: '0001234-56.2026.8.02.0001' };
    if (!isEmergency) return (await openCase(tx, session, opened, now())).number;
    const emergency = {
      ...opened,
      reason: 'Criança desaparecida',
      deadline: new Date(now().getTime() + day),
    };
    return (await openEmergency(tx, session, emergency, now())).number;
  });
}

/** What was written down, the first one first; @param last so many of the last ones, where not all are asked for */
export async function audited(
  { base }: ConsoleScene,
  last: number | null = null,
): Promise<Record<string, unknown>[]> {
  const rows = await base.snapshot((questions) =>
    questions.query<{ body: string; terms: string | null }>(
      'SELECT corpo AS body, termos AS terms FROM acesso.auditoria ORDER BY numero DESC LIMIT $1',
      [last],
    ),
  );
  return rows.toReversed().map(({ body, terms }) => ({
    ...(JSON.parse(body) as Record<string, unknown>),
    terms: terms === null ? null : (JSON.parse(terms) as unknown),
  }));
}
