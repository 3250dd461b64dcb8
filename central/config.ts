import Type, { type Static } from 'typebox';
import { logSchema } from '../shared/log-config.ts';
import { metricsSchema } from '../shared/metrics-config.ts';
import { secretSchema } from '../shared/options/secrets.ts';
import { timeZoneSchema } from '../shared/time-zone.ts';
import { consoleSchema } from './console/config.ts';
import { mailSchema, noticesSchema } from './outbox/config.ts';

export const centralEnvironmentPrefix = 'GUARITA_CENTRAL';

const schedule = { description: 'Quando coletar (expressão cron de cinco campos).', examples: ['0 3 * * *'] };

/** Central's options, declared once (see `shared/options/`); descriptions are for operators, in Portuguese. */
export const centralConfigSchema = Type.Object(
  {
    state: Type.String({
      minLength: 1,
      description: 'Pasta da central: chave, marcas d’água, recibos e, sem servidor, a própria base.',
      examples: ['/var/lib/guarita-central'],
    }),
    base: Type.Object(
      {
        url: Type.Optional(
          Type.String({
            pattern: '^postgres(ql)?://',
            description: 'Endereço do PostgreSQL da base nacional, sem senha; sem isto, PGlite na pasta.',
            examples: ['postgres://guarita@localhost:5432/nacional'],
          }),
        ),
        password: Type.Optional(secretSchema),
        timeoutSeconds: Type.Integer({
          minimum: 1,
          maximum: 3600,
          default: 120,
          description: 'Tempo máximo de cada gravação.',
        }),
      },
      { additionalProperties: false, default: {}, description: 'A base nacional.' },
    ),
    schedule: Type.String({ ...schedule, default: '0 3 * * *' }),
    reconcile: Type.Object(
      {
        schedule: Type.String({
          default: '0 5 * * 0',
          description: 'Quando conferir cada fonte por inteiro (expressão cron de cinco campos).',
        }),
        views: Type.Array(
          Type.Object(
            {
              view: Type.String({ minLength: 1, description: 'Nome da visão.', examples: ['movimentacao'] }),
              uf: Type.Optional(
                Type.String({ pattern: '^[A-Z]{2}$', description: 'Só deste estado; sem isto, de todos.' }),
              ),
              schedule: Type.String({
                description: 'Quando conferir essa visão (expressão cron de cinco campos).',
                examples: ['0 22 * * *'],
              }),
            },
            { additionalProperties: false },
          ),
          {
            default: [],
            description: 'Visões conferidas também em horários próprios, além do de todas.',
          },
        ),
      },
      {
        additionalProperties: false,
        default: {},
        description: 'Conferência completa: acha o que a coleta diária não vê.',
      },
    ),
    shrink: Type.Object(
      {
        share: Type.Number({
          minimum: 0,
          maximum: 1,
          default: 0.2,
          description: 'Parte das linhas de uma visão que pode sumir de uma vez sem confirmação.',
        }),
        rows: Type.Integer({
          minimum: 0,
          maximum: 1_000_000,
          default: 100,
          description: 'Tantas linhas podem sumir em qualquer caso (mas nunca todas).',
        }),
      },
      {
        additionalProperties: false,
        default: {},
        description: 'Quando uma visão que encolheu espera a decisão de um operador.',
      },
    ),
    maxRowBytes: Type.Integer({
      minimum: 1024,
      maximum: 16 * 1024 * 1024,
      default: 1024 * 1024,
      description: 'Tamanho máximo de uma linha; maiores ficam em quarentena.',
    }),
    retryMinutes: Type.Integer({
      minimum: 1,
      maximum: 1440,
      default: 15,
      description: 'Minutos até coletar de novo uma fonte que falhou por algo que pode passar.',
    }),
    timeZone: timeZoneSchema({
      default: 'America/Sao_Paulo',
      description: 'Fuso dos horários de coleta.',
    }),
    treat: Type.Object(
      {
        locale: Type.Enum(['pt-BR', 'en', 'neutral'], {
          type: 'string',
          default: 'pt-BR',
          description:
            'Língua dos nomes, para ligar os registros de uma pessoa: partículas, apelidos, sons; "neutral", nenhuma.',
        }),
      },
      { additionalProperties: false, default: {}, description: 'O tratamento.' },
    ),
    parallel: Type.Integer({
      minimum: 1,
      maximum: 64,
      default: 4,
      description: 'Quantos estados são coletados ao mesmo tempo.',
    }),
    timeoutSeconds: Type.Integer({
      minimum: 1,
      maximum: 3600,
      default: 120,
      description:
        'Por quanto tempo pode não chegar nada de um agente: até a resposta começar, e no meio dela.',
    }),
    scanTimeoutSeconds: Type.Integer({
      minimum: 1,
      maximum: 86_400,
      default: 3600,
      description:
        'O mesmo até começar uma resposta que exige ler uma visão inteira, na conferência completa.',
    }),
    maxResponseBytes: Type.Integer({
      minimum: 1024 * 1024,
      maximum: 1024 * 1024 * 1024,
      default: 128 * 1024 * 1024,
      description: 'Tamanho máximo de cada resposta, também depois de expandida.',
    }),
    sources: Type.Array(
      Type.Object(
        {
          uf: Type.String({
            pattern: '^[A-Z]{2}$',
            description: 'Sigla do estado; BR, no sistema federal.',
            examples: ['AL'],
          }),
          url: Type.String({
            pattern: '^http://(127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1\\]|localhost)(:\\d+)?/?$',
            description: 'Endereço do agente nesta mesma máquina, sem caminho e sem TLS.',
            examples: ['http://127.0.0.1:8443'],
          }),
          agentKey: Type.String({
            description: 'Arquivo com a chave pública do agente (JWK).',
            examples: ['/etc/guarita-central/AL.jwk'],
          }),
          grant: Type.String({
            description: 'Arquivo com a autorização emitida pelo agente.',
            examples: ['/etc/guarita-central/AL.grant'],
          }),
          schedule: Type.Optional(Type.String(schedule)),
        },
        { additionalProperties: false },
      ),
      {
        default: [],
        description:
          'Agentes nesta mesma máquina, para testes; os dos estados entram por "source invite" e "source accept".',
      },
    ),
    console: consoleSchema,
    mail: Type.Optional(mailSchema),
    notices: noticesSchema,
    metrics: metricsSchema,
    log: logSchema,
  },
  { additionalProperties: false, title: 'guarita-central' },
);

type ConfiguredSource = Static<typeof centralConfigSchema>['sources'][number];

interface KnownEntry {
  readonly uf: string;
  readonly schedule?: string;
  /** Its agreement is over, or it was taken off: it is not collected. */
  readonly over?: 'ended' | 'left';
}

/** A state that was enrolled: all that is known of it is in its record, a file (`enrolment/enrolled-source.ts`). */
export interface EnrolledEntry extends KnownEntry {
  readonly url: string;
  readonly record: string;
}

/** By which rule of the work plan central reads a database itself: over a VPN (1), or over the internet (5). */
export type DirectRule = 1 | 5;

/** A state whose database central reads itself; its record is a file, too. */
export interface DirectEntry extends KnownEntry {
  readonly rule: DirectRule;
  readonly direct: string;
}

/** A source with an agent (rule 2). */
export type AgentEntry = ConfiguredSource | EnrolledEntry;

export type SourceEntry = AgentEntry | DirectEntry;

export function isDirectEntry(source: SourceEntry): source is DirectEntry {
  return 'rule' in source;
}

/** The file that says all of a source that was enrolled; null for one that the configuration names. */
export function recordOf(source: SourceEntry): string | null {
  if ('record' in source) return source.record;
  return 'direct' in source ? source.direct : null;
}

/** Whether, and why, a source is collected no more. */
export function overOf(source: SourceEntry): KnownEntry['over'] {
  return 'over' in source ? source.over : undefined;
}

/** Whether a person took a source off. */
export function hasLeft(source: SourceEntry): boolean {
  return overOf(source) === 'left';
}

/** The configuration, with the sources that were enrolled among its own. */
export type CentralConfig = Omit<Static<typeof centralConfigSchema>, 'sources'> & {
  readonly sources: readonly SourceEntry[];
};
