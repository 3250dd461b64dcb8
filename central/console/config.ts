import Type, { type Static } from 'typebox';
import { secretOf, secretSchema } from '../../shared/options/secrets.ts';
import { loginUnicoSchema } from './login-unico/config.ts';

/** Where the audit is shipped as it is written, by "serve". */
const auditSchema = Type.Object(
  {
    key: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          'Chave pública do auditor (JWK, de "audit key"): cifra os termos das consultas; sem ela, saem só os resumos.',
        examples: ['/etc/guarita-central/auditor.jwk'],
      }),
    ),
    file: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'Arquivo que recebe cada registro, uma linha JSON cada; só o dono o lê.',
        examples: ['/var/log/guarita/auditoria.jsonl'],
      }),
    ),
    syslog: Type.Optional(
      Type.Object(
        {
          host: Type.String({ minLength: 1, description: 'Servidor de syslog (RFC 5424).' }),
          port: Type.Integer({ minimum: 1, maximum: 65_535, default: 6514, description: 'Porta.' }),
          tls: Type.Boolean({ default: true, description: 'Sem TLS, só loopback.' }),
          ca: Type.Optional(
            Type.String({
              minLength: 1,
              description:
                'Arquivo da autoridade que assina o certificado do servidor (PEM); sem isto, as do sistema.',
            }),
          ),
        },
        { additionalProperties: false, description: 'Servidor de syslog que recebe cada registro.' },
      ),
    ),
  },
  {
    additionalProperties: false,
    default: {},
    description: 'Cópia da auditoria para fora da base, à medida que é escrita (por "serve").',
  },
);
export type AuditConfig = Static<typeof auditSchema>;

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
    base: Type.Optional(
      Type.Object(
        {
          url: Type.String({
            pattern: '^postgres(ql)?://',
            description: 'Endereço do PostgreSQL da base, com o usuário do console e sem senha.',
            examples: ['postgres://guarita_console@localhost:5432/nacional'],
          }),
          password: Type.Optional(secretSchema),
        },
        {
          additionalProperties: false,
          description:
            'Usuário do console na base, feito por "guarita-central base sql"; sem servidor (PGlite), não é preciso.',
        },
      ),
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
    audit: auditSchema,
  },
  {
    additionalProperties: false,
    default: {},
    description: 'O console, em que agentes credenciados consultam a base.',
  },
);

export type ConsoleConfig = Static<typeof consoleSchema>;
