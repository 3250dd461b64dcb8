import Type, { type Static } from 'typebox';
import { secretSchema } from '../../shared/options/secrets.ts';
import { loginUnicoSchema } from './login-unico/config.ts';

/** The console's part of central's configuration. Without a port it is off. */
export const consoleSchema = Type.Object(
  {
    host: Type.String({
      default: '127.0.0.1',
      minLength: 1,
      description: 'Endereço em que o console atende; sem TLS, só loopback.',
    }),
    port: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 65_535,
        description: 'Porta do console, por exemplo 8080; sem ela, fica desligado.',
      }),
    ),
    origin: Type.Optional(
      Type.String({
        pattern: '^https?://[^/?#@]+$',
        description: 'Endereço do console como as pessoas o abrem, sem caminho; sem isto, o da porta.',
        examples: ['https://console.senappen.exemplo'],
      }),
    ),
    certificate: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'Arquivo do certificado (PEM, com os intermediários).',
        examples: ['/etc/guarita-central/console.pem'],
      }),
    ),
    certificateKey: Type.Optional(
      secretOf('a chave do certificado', { file: '/etc/guarita-central/console.key' }),
    ),
    secretKey: Type.Optional(
      secretOf(
        'a chave que sela os segundos fatores, a mesma em todos os consoles (sem isto, o arquivo "console-key" da pasta)',
        { file: '/etc/guarita-central/console-key' },
      ),
    ),
    trustProxy: Type.Array(Type.String({ minLength: 1 }), {
      default: [],
      description:
        'Endereços dos proxies que terminam o TLS e dizem por quem perguntam; sem TLS próprio, é por eles que se entra.',
      examples: [['10.0.0.5']],
    }),
    loginUnico: Type.Optional(loginUnicoSchema),
    requestsPerMinute: Type.Integer({
      minimum: 10,
      maximum: 100_000,
      default: 600,
      description: 'Pedidos de um mesmo endereço por minuto.',
    }),
    emergencyReviewHours: Type.Integer({
      minimum: 1,
      maximum: 720,
      default: 72,
      description: 'Horas em que um auditor revê cada consulta declarada como emergência.',
    }),
  },
  {
    additionalProperties: false,
    default: {},
    description: 'O console, em que agentes credenciados consultam a base.',
  },
);

export type ConsoleConfig = Static<typeof consoleSchema>;
