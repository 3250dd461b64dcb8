import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import Value from 'typebox/value';
import { caseOf } from '../base/access-layer/cases.ts';
import { type SessionFacts, sessionOf } from '../base/access-layer/sessions.ts';
import { isPurpose } from './access/purposes.ts';
import { type Asker, readCookies } from './asker.ts';
import { pathInCase } from './case-path.ts';
import type { ConsoleOptions } from './options.ts';
import type { Case } from './route.ts';
import { digestOf } from './secrets.ts';

/** Largest number of a case in an address. */
const caseParams = Type.Object({ caso: Type.String({ pattern: '^[1-9][0-9]{0,8}$' }) });

/** Who asks, by what their browser keeps and the address names, as the base has it at this moment. */
export async function findAsker(options: ConsoleOptions, request: FastifyRequest): Promise<Asker> {
  const now = options.clock?.() ?? new Date();
  const cookies = readCookies(request);
  const session = await findSession(options, cookies.session, now);
  const onCase = session === null ? null : await findCase(options, request, session);
  const here = request.method === 'GET' ? pathInCase(request.url) : null;
  return { cookies, session, case: onCase, here, now };
}

async function findSession(
  { base }: ConsoleOptions,
  secret: string | null,
  now: Date,
): Promise<SessionFacts | null> {
  if (secret === null) return null;
  return base.snapshot((questions) => sessionOf(questions, digestOf(secret), now), { use: 'pages' });
}

async function findCase(
  { base }: ConsoleOptions,
  request: FastifyRequest,
  session: SessionFacts,
): Promise<Case | null> {
  if (!Value.Check(caseParams, request.params)) return null;
  const number = Number(request.params.caso);
  const found = await base.snapshot((questions) => caseOf(questions, session.id, number), { use: 'pages' });
  return found !== null && isPurpose(found.purpose) ? { ...found, purpose: found.purpose } : null;
}
