import type { FastifyInstance } from 'fastify';
import {
  type AgentMessage,
  agentSchema,
  problemMediaType,
  problemSchema,
} from '../../../shared/protocol/messages.ts';
import { paths } from '../../../shared/protocol/paths.ts';
import { protocolVersion } from '../../../shared/protocol/version.ts';
import type { ViewSource } from '../../../shared/sources/view-source.ts';
import { softwareVersion } from '../../../shared/version.ts';

interface AgentIdentity {
  readonly id: string;
  readonly uf: string;
  readonly keyThumbprint: string;
}

export function agentRoute(app: FastifyInstance, source: ViewSource, identity: AgentIdentity): void {
  app.get(
    paths.agent,
    {
      config: { access: 'granted' },
      schema: {
        summary: 'Who this agent is, the agreement, and its clocks.',
        response: {
          200: agentSchema,
          default: { description: 'Problem.', content: { [problemMediaType]: { schema: problemSchema } } },
        },
      },
    },
    async (request): Promise<AgentMessage> => {
      const { databaseClock } = await source.describe();
      const now = Date.now();
      const { act = '', nbf = 0, exp = 0 } = request.grant ?? {};
      return {
        id: identity.id,
        uf: identity.uf,
        key: identity.keyThumbprint,
        software: softwareVersion,
        protocol: protocolVersion,
        act: { number: act, begin: isoInstant(nbf), end: isoInstant(exp) },
        clock: new Date(now).toISOString(),
        databaseClock,
        skewSeconds: (Date.parse(databaseClock) - now) / 1000,
      };
    },
  );
}

function isoInstant(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
