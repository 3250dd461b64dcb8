import Type, { type Static } from 'typebox';
import { secretOf } from '../../../shared/options/secrets.ts';

/** How the state's API is reached, and how much it is asked: the part of a declaration that all its views share. */
const strict = { additionalProperties: false } as const;
const file = (description: string) => Type.Optional(Type.String({ minLength: 1, description }));

const authSchema = Type.Object(
  {
    bearer: Type.Optional(secretOf('o token', { env: 'GUARITA_API_TOKEN' })),
    basic: Type.Optional(
      Type.Object(
        {
          user: Type.String({ minLength: 1, pattern: '^[^:]+$', description: 'Usuário.' }),
          password: secretOf('a senha', { env: 'GUARITA_API_SENHA' }),
        },
        { ...strict, description: 'Usuário e senha (HTTP Basic).' },
      ),
    ),
    apiKey: Type.Optional(
      Type.Object(
        {
          header: Type.String({
            pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$",
            description: 'Cabeçalho em que a chave vai.',
            examples: ['X-Api-Key'],
          }),
          value: secretOf('a chave', { env: 'GUARITA_API_CHAVE' }),
        },
        { ...strict, description: 'Chave em um cabeçalho.' },
      ),
    ),
    oauth2: Type.Optional(
      Type.Object(
        {
          tokenUrl: Type.String({ pattern: '^https?://', description: 'Endereço que dá os tokens.' }),
          clientId: Type.String({ minLength: 1, description: 'Identificação da central (client_id).' }),
          client: secretOf('o segredo da central (client_secret)', { env: 'GUARITA_API_SEGREDO' }),
          scope: Type.Optional(Type.String({ minLength: 1, description: 'Escopos, separados por espaço.' })),
        },
        { ...strict, description: 'OAuth 2.0, client credentials.' },
      ),
    ),
  },
  {
    ...strict,
    description: 'Credencial: um só entre bearer, basic, apiKey e oauth2. Sem isto, nenhuma (só por VPN).',
    examples: [{ bearer: { env: 'GUARITA_API_TOKEN' } }],
  },
);

const tlsSchema = Type.Object(
  {
    ca: file('Arquivo PEM da autoridade do certificado da API, se não for uma pública.'),
    pin: file('Arquivo PEM do próprio certificado da API: só ele é aceito. Só por VPN (regra 3).'),
    certificate: file('Arquivo PEM do certificado com que a central se apresenta (TLS mútuo).'),
    key: Type.Optional(secretOf('a chave privada desse certificado (PEM)', { file: '/etc/guarita/AL.key' })),
  },
  { ...strict, description: 'Certificados. Sem isto, valem as autoridades públicas.' },
);

export const apiSchema = Type.Object(
  {
    base: Type.String({
      pattern: '^https?://[^/?#\\s]+[^?#\\s]*$',
      description: 'Endereço da API; os caminhos das visões vêm depois dele.',
      examples: ['https://api.seap.exemplo.gov.br/v1'],
    }),
    auth: Type.Optional(authSchema),
    tls: Type.Optional(tlsSchema),
    rate: Type.Object(
      {
        perMinute: Type.Integer({
          minimum: 1,
          maximum: 6000,
          default: 60,
          description: 'Pedidos por minuto, no máximo.',
        }),
      },
      {
        ...strict,
        default: {},
        description: 'O ritmo combinado com o estado.',
        examples: [{ perMinute: 60 }],
      },
    ),
    maxPages: Type.Integer({
      minimum: 1,
      maximum: 10_000_000,
      default: 100_000,
      description: 'Máximo de páginas de uma lista.',
    }),
    maxBytes: Type.Integer({
      minimum: 1024,
      maximum: 268_435_456,
      default: 16_777_216,
      description: 'Tamanho máximo de uma resposta, em bytes.',
    }),
    timeoutSeconds: Type.Integer({
      minimum: 1,
      maximum: 3600,
      default: 60,
      description: 'Tempo máximo de um pedido.',
    }),
    listSeconds: Type.Integer({
      minimum: 1,
      maximum: 172_800,
      default: 21_600,
      description: 'Tempo máximo de uma lista inteira.',
    }),
  },
  { ...strict, description: 'A API do estado.' },
);

export type ApiConfig = Static<typeof apiSchema>;
export type AuthConfig = Static<typeof authSchema>;
