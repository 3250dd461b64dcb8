import Type, { type Static, type TObject, type TSchema } from 'typebox';
import { logSchema } from '../../shared/log-config.ts';
import { metricsSchema } from '../../shared/metrics-config.ts';
import { pagesSchema, type SourceConfig, sourceSchema } from '../../shared/sources/source-config.ts';
import { viewSchema } from '../../shared/sources/view-config.ts';

export const agentEnvironmentPrefix = 'GUARITA_AGENT';

/** The agent's options, declared once (see `shared/options/`); descriptions are for state IT, in Portuguese. */
export const agentConfigSchema = Type.Object(
  {
    id: Type.String({
      pattern: '^[A-Za-z0-9._-]{1,32}$',
      description: 'Nome deste agente; em geral, a sigla do estado.',
      examples: ['AL'],
    }),
    uf: Type.String({
      pattern: '^[A-Z]{2}$',
      description: 'Sigla do estado; BR, no sistema federal.',
      examples: ['AL'],
    }),
    state: Type.String({
      minLength: 1,
      description: 'Pasta do agente: chave, registro do que foi entregue, controle de repetição.',
      examples: ['/var/lib/guarita-agent'],
    }),
    listen: Type.Object(
      {
        host: Type.String({ default: '127.0.0.1', description: 'Endereço de escuta (o da VPN).' }),
        port: Type.Integer({ minimum: 0, maximum: 65_535, default: 8443, description: 'Porta de escuta.' }),
        tls: Type.Boolean({
          default: true,
          description: 'TLS 1.3 com certificados dos dois lados; sem ele, só em loopback, para testes.',
        }),
        allow: Type.Array(Type.String(), {
          default: [],
          description: 'De onde se aceita conexão: endereços ou redes (CIDR); vazio, de qualquer lugar.',
          examples: [['10.8.0.1', '10.8.1.0/24']],
        }),
      },
      { additionalProperties: false, default: {}, description: 'Onde o agente atende.' },
    ),
    source: sourceSchema,
    views: Type.Array(viewSchema, { minItems: 1, maxItems: 500, description: 'As visões publicadas.' }),
    pages: pagesSchema,
    limits: Type.Object(
      {
        requestsPerMinute: Type.Integer({
          minimum: 1,
          maximum: 1_000_000,
          default: 6000,
          description: 'Pedidos de um mesmo cliente por minuto.',
        }),
        concurrent: Type.Integer({
          minimum: 1,
          maximum: 1000,
          default: 16,
          description: 'Pedidos de um mesmo cliente ao mesmo tempo.',
        }),
        connections: Type.Integer({
          minimum: 1,
          maximum: 10_000,
          default: 64,
          description: 'Conexões abertas ao mesmo tempo, de todos os clientes.',
        }),
      },
      { additionalProperties: false, default: {}, description: 'Quanto se atende; o excesso é recusado.' },
    ),
    metrics: metricsSchema,
    log: logSchema,
  },
  { additionalProperties: false, title: 'guarita-agent' },
);

export type AgentConfig = Static<typeof agentConfigSchema>;

/** The same for one engine only: what its sample is made from. */
export function agentConfigSchemaFor(engine: SourceConfig['engine']): TObject {
  const { anyOf, description }: TSchema & { readonly description?: string } & typeof sourceSchema =
    sourceSchema;
  const source: TSchema = {
    ...anyOf.find(({ properties }) => properties.engine.const === engine),
    description,
  };
  return Type.Object({ ...agentConfigSchema.properties, source });
}
