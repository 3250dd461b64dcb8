import Type, { type Static } from 'typebox';
import Value from 'typebox/value';
import { secretSchema } from '../options/secrets.ts';
import { timeZoneSchema } from '../time-zone.ts';

/**
 * What a database engine is told, declared once: validation, environment names, `--help`, JSON Schema and the
 * commented sample all derive from here (see `options/environment.ts`). Descriptions are read by state IT, so in Portuguese.
 */
const zone = Type.Optional(
  timeZoneSchema({
    description: 'Fuso dos horários sem fuso gravados no banco: nome IANA, UTC, ou a diferença (-03:00).',
    examples: ['America/Maceio'],
  }),
);

const common = {
  timeZone: zone,
  settleSeconds: Type.Integer({
    minimum: 0,
    maximum: 86_400,
    default: 60,
    description: 'Espera antes de ler o que acabou de mudar, para transações ainda abertas.',
  }),
  overlapSeconds: Type.Integer({
    minimum: 0,
    maximum: 31 * 86_400,
    default: 86_400,
    description: 'Quanto antes do último limite cada ciclo recomeça (marca d’água de data-hora).',
  }),
  overlapCount: Type.Integer({
    minimum: 0,
    maximum: 1_000_000_000,
    default: 1000,
    description: 'O mesmo para marca d’água numérica: quantas linhas, e quantos números, antes do último.',
  }),
  epoch: Type.String({
    default: '',
    maxLength: 64,
    description: 'Troque este texto depois de restaurar um backup do banco: tudo será conferido de novo.',
  }),
  timeoutSeconds: Type.Integer({
    minimum: 1,
    maximum: 3600,
    default: 60,
    description: 'Tempo máximo de cada consulta.',
  }),
  scanTimeoutSeconds: Type.Integer({
    minimum: 1,
    maximum: 86_400,
    default: 3600,
    description: 'Tempo máximo para ler uma visão inteira, na conferência completa.',
  }),
};

const allowWritableUser = Type.Boolean({
  default: false,
  description: 'Aceita um usuário que pode gravar (fica registrado no log). Evite.',
});

/** How the connection to a database may be encrypted, the strictest first. */
export const tlsModes = ['verify', 'encrypt', 'off'] as const;

const tlsSchema = Type.Object(
  {
    mode: Type.Enum([...tlsModes], {
      type: 'string',
      default: 'verify',
      description:
        'verify: cifra e confere o certificado do servidor; encrypt: cifra sem conferir (certificado próprio); off: sem cifra.',
    }),
    ca: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'Arquivo PEM da autoridade certificadora do servidor, se não for uma pública.',
        examples: ['/etc/guarita-agent/ca-do-banco.pem'],
      }),
    ),
  },
  { additionalProperties: false, default: {}, description: 'Cifra da conexão com o banco.' },
);

const user = Type.String({
  minLength: 1,
  maxLength: 128,
  description: 'Usuário do banco, só de leitura.',
  examples: ['guarita_leitura'],
});

const host = Type.String({
  minLength: 1,
  maxLength: 255,
  description: 'Servidor do banco.',
  examples: ['10.0.0.5'],
});

const port = (number: number) =>
  Type.Integer({ minimum: 1, maximum: 65_535, default: number, description: 'Porta do servidor.' });

export const sourceSchema = Type.Union(
  [
    Type.Object(
      {
        engine: Type.Literal('postgres', { description: 'Tipo do banco.' }),
        url: Type.String({
          pattern: '^postgres(ql)?://',
          description: 'Endereço, sem senha: postgres://usuario@servidor:5432/banco',
          examples: ['postgres://guarita_leitura@10.0.0.5:5432/siap'],
        }),
        password: Type.Optional(secretSchema),
        allowWritableUser,
        ...common,
      },
      { additionalProperties: false, title: 'postgres' },
    ),
    Type.Object(
      {
        engine: Type.Literal('sqlserver', { description: 'Tipo do banco.' }),
        host,
        port: Type.Optional(
          Type.Integer({
            minimum: 1,
            maximum: 65_535,
            description: 'Porta do servidor; sem isto, 1433, ou a que o SQL Server Browser diz da instância.',
          }),
        ),
        instance: Type.Optional(
          Type.String({
            minLength: 1,
            maxLength: 16,
            description:
              'Nome da instância, se não for a padrão (pergunta a porta ao SQL Server Browser, UDP 1434).',
            examples: ['SIAP'],
          }),
        ),
        database: Type.String({
          minLength: 1,
          maxLength: 128,
          description: 'Nome do banco.',
          examples: ['siap'],
        }),
        user,
        domain: Type.Optional(
          Type.String({
            minLength: 1,
            maxLength: 255,
            description: 'Domínio do Windows, se o usuário for um de domínio (NTLM).',
          }),
        ),
        password: Type.Optional(secretSchema),
        tls: tlsSchema,
        allowWritableUser,
        ...common,
      },
      { additionalProperties: false, title: 'sqlserver' },
    ),
    Type.Object(
      {
        engine: Type.Literal('mysql', { description: 'Tipo do banco: MySQL ou MariaDB.' }),
        host,
        port: port(3306),
        database: Type.String({
          minLength: 1,
          maxLength: 64,
          description: 'Nome do banco.',
          examples: ['siap'],
        }),
        user,
        password: Type.Optional(secretSchema),
        tls: tlsSchema,
        allowWritableUser,
        ...common,
      },
      { additionalProperties: false, title: 'mysql' },
    ),
    Type.Object(
      {
        engine: Type.Literal('firebird', { description: 'Tipo do banco: Firebird 2.5 ou mais novo.' }),
        host,
        port: port(3050),
        database: Type.String({
          minLength: 1,
          maxLength: 255,
          description: 'Apelido (alias) ou caminho do arquivo, como o servidor o vê.',
          examples: ['C:\\dados\\SIAPEN.FDB'],
        }),
        user,
        role: Type.Optional(
          Type.String({ minLength: 1, maxLength: 63, description: 'Papel (role) com que se conecta.' }),
        ),
        password: Type.Optional(secretSchema),
        charset: Type.String({
          default: 'WIN1252',
          maxLength: 31,
          description: 'Conjunto de caracteres do que está em colunas NONE, que não dizem o seu.',
          examples: ['WIN1252', 'ISO8859_1', 'UTF8'],
        }),
        allowWritableUser,
        ...common,
      },
      { additionalProperties: false, title: 'firebird' },
    ),
    Type.Object(
      {
        engine: Type.Literal('sqlite', { description: 'Tipo do banco.' }),
        file: Type.String({ minLength: 1, description: 'Caminho do arquivo do banco.' }),
        ...common,
      },
      { additionalProperties: false, title: 'sqlite' },
    ),
  ],
  { description: 'O banco de dados do estado.' },
);

export type SourceConfig = Static<typeof sourceSchema>;
export type PostgresConfig = Extract<SourceConfig, { engine: 'postgres' }>;
export type SqlServerConfig = Extract<SourceConfig, { engine: 'sqlserver' }>;
export type MysqlConfig = Extract<SourceConfig, { engine: 'mysql' }>;
export type FirebirdConfig = Extract<SourceConfig, { engine: 'firebird' }>;
export type TlsConfig = Static<typeof tlsSchema>;
export type SqliteConfig = Extract<SourceConfig, { engine: 'sqlite' }>;

export const pagesSchema = Type.Object(
  {
    bytes: Type.Integer({
      minimum: 4096,
      maximum: 64 * 1024 * 1024,
      default: 4 * 1024 * 1024,
      description: 'Tamanho máximo de uma página, antes da compressão.',
    }),
    rows: Type.Integer({
      minimum: 1,
      maximum: 1_000_000,
      default: 100_000,
      description: 'Máximo de linhas de uma página.',
    }),
  },
  { additionalProperties: false, default: {}, description: 'Limites de cada página entregue.' },
);

/** Limits of pages where nothing is said of them. */
export function pagesOf(): Static<typeof pagesSchema> {
  return Value.Default(pagesSchema, {}) as Static<typeof pagesSchema>;
}
