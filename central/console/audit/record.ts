import type { FastifyRequest } from 'fastify';
import { GuaritaError } from '../../../shared/errors.ts';
import { appendAudit } from '../../base/access-layer/audit.ts';
import type { ConsoleOptions } from '../app.ts';
import type { Answer, ConsoleRoute } from '../route.ts';

/**
 * Writes down what a route came to, before it is shown: whatever shows people or is for a role alone, and whatever was
 * done. Throws `audit-unwritable`: what cannot be written down is not shown. What a route shows without telling it, neither.
 */
export async function record(
  options: ConsoleOptions,
  request: FastifyRequest,
  route: ConsoleRoute,
  { look, event }: Answer,
): Promise<void> {
  const { needs } = route;
  if (needs.showsPeople && look === undefined) {
    throw new GuaritaError('internal', `${route.path} does not tell what was looked at.`);
  }
  const isSilent = look === undefined && event === undefined && needs.roles.length === 0;
  if (isSilent && route.method === 'GET') return;
  await write(options, request, {
    ...event,
    ...(look !== undefined && { found: look.found, shown: look.shown.length }),
    problem: null,
    terms: look === undefined ? null : { ...look.terms, records: look.shown },
  });
}

/** Writes down that something was refused. */
export function recordRefusal(
  options: ConsoleOptions,
  request: FastifyRequest,
  problem: string,
): Promise<void> {
  return write(options, request, { problem, terms: null });
}

async function write(
  { base, clock = () => new Date() }: ConsoleOptions,
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
    purpose: onCase?.purpose ?? null,
    emergency: onCase?.isEmergency ?? false,
    ...told,
  };
  const all = onCase === null ? terms : { ...terms, reference: onCase.reference };
  try {
    await base.transaction((tx) => appendAudit(tx, { kind: 'request', body, terms: all }, clock()), {
      use: 'pages',
    });
  } catch (error) {
    throw new GuaritaError('audit-unwritable', '', { cause: error });
  }
}
