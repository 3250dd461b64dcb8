import Type, { type Static } from 'typebox';

/** Where a program tells its metrics; both programs take the same. Without a port they are off. */
export const metricsSchema = Type.Object(
  {
    host: Type.String({
      default: '127.0.0.1',
      // They are not signed and ask for no grant: whoever is to see them from elsewhere collects them here.
      pattern: '^(127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|::1|localhost)$',
      description: 'Endereço local em que as métricas são mostradas (só loopback).',
    }),
    port: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 65_535,
        description: 'Porta das métricas, por exemplo 9464; sem ela, ficam desligadas.',
      }),
    ),
  },
  {
    additionalProperties: false,
    default: {},
    description: 'Métricas para o Prometheus, em GET /metrics.',
  },
);

export type MetricsConfig = Static<typeof metricsSchema>;
