import Type, { type Static } from 'typebox';
import { secretOf, secretSchema } from '../../shared/options/secrets.ts';

const address = '^[^\\s@<>,;"]+@[^\\s@<>,;"]+$';

/** The server that takes mail. */
export const mailSchema = Type.Object(
  {
    url: Type.String({
      pattern: '^smtps?://(\\[[0-9a-fA-F:]+\\]|[^/?#:@\\[\\]]+)(:\\d{1,5})?/?$',
      description:
        'Servidor de correio: smtps:// (TLS desde o início) ou smtp:// (STARTTLS obrigatório; em loopback sem "ca", sem TLS).',
      examples: ['smtps://correio.senappen.exemplo:465'],
    }),
    user: Type.Optional(Type.String({ minLength: 1, description: 'Usuário no servidor de correio.' })),
    password: Type.Optional(secretSchema),
    from: Type.String({
      pattern: address,
      description: 'Endereço de quem envia.',
      examples: ['guarita@senappen.exemplo'],
    }),
    help: Type.Optional(
      Type.String({
        pattern: address,
        description: 'Endereço de quem responde aos pedidos de ajuda feitos no console.',
        examples: ['ajuda@senappen.exemplo'],
      }),
    ),
    ca: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          'Arquivo da autoridade que assina o certificado do servidor (PEM); sem isto, as do sistema.',
      }),
    ),
  },
  { additionalProperties: false, description: 'O correio: por onde saem os avisos.' },
);

/** Who is told of what, by "serve". */
export const noticesSchema = Type.Object(
  {
    mail: Type.Array(Type.String({ pattern: address }), {
      default: [],
      description: 'Quem recebe por correio os avisos e o resumo do dia.',
      examples: [['plantao@senappen.exemplo']],
    }),
    webhook: Type.Optional(
      Type.Object(
        {
          url: Type.String({
            pattern:
              '^(https://|http://(127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1\\]|localhost)(:\\d+)?(/|$))',
            description: 'Endereço que recebe cada aviso como JSON (POST); sem TLS, só loopback.',
            examples: ['https://plantao.senappen.exemplo/guarita'],
          }),
          secret: secretOf(
            'a chave que assina cada aviso (HMAC-SHA-256): "whsec_" e base64, ou texto, 24 bytes ou mais',
            {
              file: '/etc/guarita-central/aviso.key',
            },
          ),
        },
        { additionalProperties: false, description: 'Programa que recebe os avisos.' },
      ),
    ),
    failures: Type.Integer({
      minimum: 1,
      maximum: 100,
      default: 3,
      description: 'Depois de quantas coletas seguidas que falham se avisa.',
    }),
    summary: Type.String({
      default: '0 8 * * *',
      description: 'Quando sai o resumo do dia (expressão cron de cinco campos), no fuso de "timeZone".',
    }),
  },
  { additionalProperties: false, default: {}, description: 'Avisos a quem opera a central.' },
);

export type MailConfig = Static<typeof mailSchema>;
export type NoticesConfig = Static<typeof noticesSchema>;
