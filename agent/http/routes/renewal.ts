import type { Server } from 'node:https';
import type { FastifyInstance } from 'fastify';
import { GuaritaError } from '../../../shared/errors.ts';
import {
  plainQuerySchema,
  problemMediaType,
  problemSchema,
  type RenewalBody,
  type RenewalMessage,
  renewalBodySchema,
  renewalSchema,
} from '../../../shared/protocol/messages.ts';
import { paths } from '../../../shared/protocol/paths.ts';
import { readSuccession } from '../../../shared/signing/successions.ts';
import type { AgentHome } from '../../home.ts';
import { asItIs } from '../bodies.ts';
import { issueGrant } from '../grants.ts';
import { renewTls } from '../tls.ts';

export interface RenewalOptions {
  readonly id: string;
  readonly home: AgentHome;
  readonly clock: () => number;
  /** Whether the agent speaks TLS, whose certificates have to follow. */
  readonly tls: boolean;
}

/**
 * Where central and agent keep up with each other without a new enrolment: central is given the grant as the agreement
 * stands now, each side tells the other of the key that is to follow its present one, and the agent puts its own next
 * key to use once central says that it accepts it. Where its certificate ends soon, it makes the next one by itself. Asked again after a lost answer, it comes to the same.
 */
export function renewalRoute(app: FastifyInstance, { id, home, clock, tls }: RenewalOptions): void {
  app.post<{ Body: RenewalBody }>(
    paths.renewal,
    {
      config: { access: 'renewal' },
      validatorCompiler: asItIs,
      schema: {
        summary: 'The present grant, and which keys follow which.',
        querystring: plainQuerySchema,
        body: renewalBodySchema,
        response: {
          200: renewalSchema,
          default: { description: 'Problem.', content: { [problemMediaType]: { schema: problemSchema } } },
        },
      },
    },
    async (request): Promise<RenewalMessage> => {
      const asker = request.keyid ?? '';
      const { succession, accepts } = request.body;
      const successor = succession === null ? null : acceptSuccessor(home, succession, asker, clock());
      await prepareNext(home, new Date(clock()));
      const next = await home.identities.next();
      if (next?.certificate.fingerprint === accepts) await home.adopt();
      if (tls) renewTls(app.server as unknown as Server, home, clock());
      const { number: act, begin, end, views } = home.agreements.get();
      const key = successor ?? home.clientKeys.find(asker, clock())?.key;
      if (key === undefined) throw new Error('the key that signed the request is gone');
      const term = { begin: new Date(begin), end: new Date(end) };
      return {
        grant: issueGrant(app, { issuer: id, subject: 'SENAPPEN', act, term, views, key }),
        succession: await home.identities.succession(new Date(clock())),
      };
    },
  );
}

async function prepareNext({ identities, journal }: AgentHome, now: Date): Promise<void> {
  const prepared = await identities.prepareWhenDue(now);
  if (prepared === null) return;
  const { key, certificate } = prepared;
  journal.event({ event: 'key-prepared', key: key.thumbprint, fingerprint: certificate.fingerprint });
}

/**
 * Central's next key is accepted from now on; the one that names it, for the overlap. A key names one successor: it may
 * say so again, as after a lost answer, but whoever finds it once it was given up makes no further key of it.
 */
function acceptSuccessor({ clientKeys, journal }: AgentHome, text: string, asker: string, now: number) {
  const { certificate, of, until } = readSuccession(text, [asker], new Date(now));
  const { key, fingerprint } = certificate;
  if (clientKeys.find(key.thumbprint, now) === undefined) {
    if (clientKeys.isRetired(of)) throw new GuaritaError('document-foreign', 'guarita-succession.');
    clientKeys.add({ key, certificate });
    journal.event({ event: 'central-key-added', key: key.thumbprint, fingerprint, before: of });
  }
  clientKeys.retire(of, until);
  return key;
}
