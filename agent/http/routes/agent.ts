import type { FastifyInstance } from 'fastify';
import {
  type AgentMessage,
  agentSchema,
  plainQuerySchema,
  problemMediaType,
  problemSchema,
} from '../../../shared/protocol/messages.ts';
import { paths } from '../../../shared/protocol/paths.ts';
import { protocolVersion } from '../../../shared/protocol/version.ts';
import type { ViewSource } from '../../../shared/sources/view-source.ts';
import { softwareVersion } from '../../../shared/version.ts';
import type { AgentHome } from '../../home.ts';

interface AgentFacts {
  readonly id: string;
  readonly uf: string;
  readonly home: Pick<AgentHome, 'agreements' | 'identity'>;
}

export function agentRoute(app: FastifyInstance, source: ViewSource, { id, uf, home }: AgentFacts): void {
  app.get(
    paths.agent,
    {
      config: { access: 'granted' },
      schema: {
        summary: 'Who this agent is, the agreement, and its clocks.',
        querystring: plainQuerySchema,
        response: {
          200: agentSchema,
          default: { description: 'Problem.', content: { [problemMediaType]: { schema: problemSchema } } },
        },
      },
    },
    async (): Promise<AgentMessage> => {
      const { databaseClock, behindSeconds = 0 } = await source.describe();
      const now = Date.now();
      const { number, begin, end } = home.agreements.get();
      const { key, certificate } = home.identity();
      return {
        id,
        uf,
        key: key.thumbprint,
        certificateEnds: certificate.end.toISOString(),
        software: softwareVersion,
        protocol: protocolVersion,
        protocols: [protocolVersion],
        act: { number, begin, end, state: home.agreements.state() },
        clock: new Date(now).toISOString(),
        databaseClock,
        skewSeconds: (Date.parse(databaseClock) - now) / 1000,
        behindSeconds,
      };
    },
  );
}
