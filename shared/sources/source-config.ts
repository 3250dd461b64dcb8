import Type, { type Static } from 'typebox';

/**
 * What a database engine is told, declared once: validation, environment names, `--help`, JSON Schema and the
 * commented sample all derive from here (see `options.ts`). Descriptions are read by state IT, so in Portuguese.
 */
const name = (description: string) => Type.String({ minLength: 1, maxLength: 128, description });

export const secretSchema = Type.Union(
  [
    Type.Object({ env: name('Nome da variável de ambiente.') }, { additionalProperties: false }),
    Type.Object(
      { file: name('Caminho do arquivo, legível só pelo agente.') },
      { additionalProperties: false },
    ),
  ],
  {
    description: 'Onde está a senha: { env: NOME } ou { file: CAMINHO }. Nunca a própria senha.',
    examples: [{ env: 'GUARITA_DB_PASSWORD' }],
  },
);

export type SecretReference = Static<typeof secretSchema>;

const zone = Type.Optional(
  Type.String({
    description: 'Fuso dos horários sem fuso gravados no banco (nome IANA).',
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
    description: 'O mesmo para marca d’água numérica: quantos números antes do último.',
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
};

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
        allowWritableUser: Type.Boolean({
          default: false,
          description: 'Aceita um usuário que pode gravar (fica registrado no log). Evite.',
        }),
        ...common,
      },
      { additionalProperties: false, title: 'postgres' },
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
export type SqliteConfig = Extract<SourceConfig, { engine: 'sqlite' }>;

const columnName = Type.String({ minLength: 1, maxLength: 63 });

export const viewSchema = Type.Object(
  {
    name: Type.String({
      minLength: 1,
      maxLength: 63,
      pattern: '^[^/\\u0000-\\u001f]+$',
      description: 'Nome com que a visão é publicada.',
      examples: ['custodiado'],
    }),
    relation: Type.Optional(
      Type.Union(
        [Type.String({ minLength: 1 }), Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })],
        {
          description:
            'Nome no banco, se for outro: esquema.visao, ou [esquema, visao] se houver ponto no nome.',
          examples: ['siap.custodiado'],
        },
      ),
    ),
    key: Type.Array(columnName, {
      minItems: 1,
      maxItems: 16,
      description: 'Colunas que identificam a linha.',
      examples: [['id']],
    }),
    watermark: Type.String({
      minLength: 1,
      maxLength: 63,
      description: 'Coluna que cresce a cada mudança da linha (data-hora ou número).',
      examples: ['atualizado_em'],
    }),
    watermarkFormat: Type.Optional(
      Type.String({
        description: 'Só SQLite: formato strftime da marca d’água; padrão "%Y-%m-%d %H:%M:%f".',
      }),
    ),
    columns: Type.Optional(
      Type.Array(columnName, { minItems: 1, description: 'Colunas a publicar; sem isto, todas.' }),
    ),
  },
  { additionalProperties: false },
);

export type ViewConfig = Static<typeof viewSchema>;

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

/** The parts of a relation's name: the whole of it when given as a list, else what the dots part. */
export function relationParts(view: ViewConfig): readonly string[] {
  const relation = view.relation ?? [view.name];
  return typeof relation === 'string' ? relation.split('.') : relation;
}
