import type { FastifyRequest } from 'fastify';
import { asGuaritaError, GuaritaError } from '../../../shared/errors.ts';
import { appendAudit } from '../../base/access-layer/audit.ts';
import { countLook, countRefusal, type User } from '../../base/access-layer/uses.ts';
import type { Transaction } from '../../base/base.ts';
import { baseError } from '../../base/errors.ts';
import { isOffHours } from '../alarms/off-hours.ts';
import { raiseFor } from '../alarms/raise.ts';
import { placeOf } from '../enforce.ts';
import type { ConsoleOptions } from '../options.ts';
import type { Act, Answer, ConsoleRoute, LaterPage, Look, Told } from '../route.ts';
import { doIfStillAllowed } from './still-allowed.ts';

/**
 * Does what a route does, and writes down what it came to before it is shown: whatever shows people or is for a role
 * alone, and whatever was done. What is done, what was looked at and the entry are one transaction.
 * Throws `audit-unwritable`: what cannot be written down is neither done nor shown; `quota-used-up`; what the act throws, and
 * what `allow` does where who asks may no more.
 * What a route shows without telling it is not shown, neither.
 */
export async function record(
  options: ConsoleOptions,
  request: FastifyRequest,
  route: ConsoleRoute,
  came: Answer | LaterPage | Act,
): Promise<Answer> {
  if (!('act' in came) && isSilent(route, came)) return shown(came);
  const told = await options.base.transaction(async (tx) => {
    const told = 'act' in came ? await doIfStillAllowed(tx, request, route, came, clockOf(options)) : came;
    await write(tx, options, request, route, told);
    return told;
  }, pages);
  const { look, event } = told;
  if (look !== undefined || event !== undefined) await judge(options, request, look?.shown ?? []);
  return shown(told);
}

async function shown(told: Answer | LaterPage): Promise<Answer> {
  return 'page' in told ? { ...told, ...(await told.page()) } : told;
}

const pages = { use: 'pages' } as const;

/** A page that is for everybody, and on which nobody was looked at. */
function isSilent({ needs, method }: ConsoleRoute, { look, event }: Told): boolean {
  const tellsNothing = look === undefined && event === undefined && !needs.showsPeople;
  return tellsNothing && needs.roles.length === 0 && method === 'GET';
}

async function write(
  tx: Transaction,
  options: ConsoleOptions,
  request: FastifyRequest,
  { needs, path }: ConsoleRoute,
  { look, event, said }: Told,
): Promise<void> {
  if (needs.showsPeople && look === undefined) {
    throw new GuaritaError('internal', `${path} não diz o que foi visto.`);
  }
  if (look !== undefined) await orUnwritable(count(tx, request, look));
  await append(tx, options, request, {
    ...event,
    ...(look !== undefined && { found: look.found, shown: look.shown.length }),
    problem: null,
    terms: look === undefined ? (said ?? null) : { ...look.terms, ...said, records: look.shown },
  });
}

/** Refused for what somebody may not do: many of them are told of. */
const counted = new Set(['role-lacking', 'grant-lacking', 'quota-used-up', 'own-doing', 'foreign-origin']);

/** Writes down that something was refused. */
export async function recordRefusal(
  options: ConsoleOptions,
  request: FastifyRequest,
  problem: string,
): Promise<void> {
  const user = counted.has(problem) ? userOf(request) : null;
  await options.base.transaction(async (tx) => {
    if (user !== null) await orUnwritable(countRefusal(tx, user, request.asker.now));
    await append(tx, options, request, { problem, terms: null });
  }, pages);
  if (user !== null) await judge(options, request, []);
}

/** In an emergency a quota stops nobody, but what is looked at is counted. */
function count(tx: Transaction, { asker, allowed }: FastifyRequest, { terms, shown }: Look): Promise<void> {
  const { session, now } = asker;
  const { place = null, grant = null, case: onCase = null } = allowed ?? {};
  if (session === null || place === null || grant === null || onCase === null) return Promise.resolve();
  const limits = onCase.isEmergency ? null : { person: grant.personQuota, body: grant.bodyQuota };
  const looked = { searches: terms === null ? 0 : 1, records: shown.length, isOffHours: isOffHours(now) };
  return countLook(tx, { body: place.id, person: session.person.id }, looked, limits, now);
}

/** What was looked at stands written down already: of what cannot be judged now the hourly look takes care. */
async function judge(
  { base, log }: ConsoleOptions,
  request: FastifyRequest,
  records: readonly string[],
): Promise<void> {
  const user = userOf(request);
  if (user === null) return;
  try {
    const raised = await raiseFor(base, user, records, request.asker.now);
    if (raised > 0) log.warn({ raised }, 'alarms raised');
  } catch (error) {
    const { code } = asGuaritaError(error);
    log.warn({ code, err: error }, 'alarms cannot be judged');
  }
}

function userOf({ asker: { session } }: FastifyRequest): User | null {
  const place = session === null ? null : placeOf(session);
  return session === null || place === null ? null : { body: place.id, person: session.person.id };
}

async function append(
  tx: Transaction,
  options: ConsoleOptions,
  request: FastifyRequest,
  {
    terms,
    ...told
  }: { readonly terms: Readonly<Record<string, unknown>> | null; readonly problem: string | null },
): Promise<void> {
  const { session, case: onCase } = request.asker;
  const { place = null } = request.allowed ?? {};
  const body = {
    request: request.id,
    method: request.method,
    // The route and not the address: what was asked for is among the terms.
    route: request.routeOptions.url ?? null,
    from: request.ip,
    person: session?.person.id ?? null,
    session: session?.id ?? null,
    body: place?.id ?? null,
    case: onCase?.number ?? null,
    purpose: onCase?.purpose ?? null,
    emergency: onCase?.isEmergency ?? false,
    ...told,
  };
  const all = onCase === null ? terms : { ...terms, reference: onCase.reference };
  await orUnwritable(appendAudit(tx, { kind: 'request', body, terms: all }, clockOf(options)()));
}

function clockOf({ clock = () => new Date() }: ConsoleOptions): () => Date {
  return clock;
}

/** What cannot be counted is as little written down as what has no entry. Of the base's error nothing of a row goes on. */
async function orUnwritable(writing: Promise<unknown>): Promise<void> {
  try {
    await writing;
  } catch (error) {
    const cause = baseError(error);
    throw cause.code === 'quota-used-up' ? cause : new GuaritaError('audit-unwritable', '', { cause });
  }
}
