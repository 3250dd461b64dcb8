import type { FastifyRequest } from 'fastify';
import { asGuaritaError, GuaritaError } from '../../../shared/errors.ts';
import { appendAudit } from '../../base/access-layer/audit.ts';
import { countLook, countRefusal, type User } from '../../base/access-layer/uses.ts';
import type { Transaction } from '../../base/base.ts';
import { isOffHours } from '../alarms/off-hours.ts';
import { raiseFor } from '../alarms/raise.ts';
import { placeOf } from '../enforce.ts';
import type { ConsoleOptions } from '../options.ts';
import type { Answer, ConsoleRoute, Look } from '../route.ts';

/**
 * Writes down what a route came to, before it is shown: whatever shows people or is for a role alone, and whatever was
 * done. What was looked at is counted with it, in one transaction.
 * Throws `audit-unwritable`: what cannot be written down is not shown; `quota-used-up`. What a route shows without
 * telling it is not shown, neither.
 */
export async function record(
  options: ConsoleOptions,
  request: FastifyRequest,
  route: ConsoleRoute,
  { look, event, said }: Answer,
): Promise<void> {
  const { needs } = route;
  if (needs.showsPeople && look === undefined) {
    throw new GuaritaError('internal', `${route.path} does not tell what was looked at.`);
  }
  const isSilent = look === undefined && event === undefined && needs.roles.length === 0;
  if (isSilent && route.method === 'GET') return;
  const told = {
    ...event,
    ...(look !== undefined && { found: look.found, shown: look.shown.length }),
    problem: null,
    terms: look === undefined ? (said ?? null) : { ...look.terms, ...said, records: look.shown },
  };
  await write(options, request, told, async (tx) => {
    if (look !== undefined) await count(tx, request, look);
  });
  if (look !== undefined || event !== undefined) await judge(options, request, look?.shown ?? []);
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
  await write(options, request, { problem, terms: null }, async (tx) => {
    if (user !== null) await countRefusal(tx, user, request.asker.now);
  });
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

async function write(
  { base, clock = () => new Date() }: ConsoleOptions,
  request: FastifyRequest,
  {
    terms,
    ...told
  }: { readonly terms: Readonly<Record<string, unknown>> | null; readonly problem: string | null },
  within: (tx: Transaction) => Promise<void>,
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
  try {
    await base.transaction(
      async (tx) => {
        await within(tx);
        await appendAudit(tx, { kind: 'request', body, terms: all }, clock());
      },
      { use: 'pages' },
    );
  } catch (error) {
    if (error instanceof GuaritaError && error.code === 'quota-used-up') throw error;
    throw new GuaritaError('audit-unwritable', '', { cause: error });
  }
}
