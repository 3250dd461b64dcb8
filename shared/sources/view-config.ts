import Type, { type Static } from 'typebox';
import type { ViewMode } from './view-source.ts';

/** What a view is told to be: where its rows are, what identifies them, how its changes are found. */
const columnName = Type.String({ minLength: 1, maxLength: 63 });

const relationSchema = (description: string, examples?: string[]) =>
  Type.Union([Type.String({ minLength: 1 }), Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })], {
    description,
    ...(examples === undefined ? {} : { examples }),
  });

const filterSchema = (description: string) =>
  Type.Optional(
    Type.Object(
      {
        column: columnName,
        values: Type.Array(Type.String(), { minItems: 1, maxItems: 100 }),
      },
      { additionalProperties: false, description },
    ),
  );

const changelogSchema = Type.Object(
  {
    relation: relationSchema('Nome, no banco, da visão ou tabela de log.'),
    watermark: Type.String({
      minLength: 1,
      maxLength: 63,
      description: 'Coluna do log que cresce a cada registro: sequência ou instante.',
    }),
    key: Type.Array(columnName, {
      minItems: 1,
      maxItems: 16,
      description: 'Colunas do log com a chave da linha mudada, na ordem de "key".',
    }),
    table: filterSchema('Coluna do log com o nome da tabela, e os nomes que dizem respeito a esta visão.'),
    operation: filterSchema('Coluna do log com a operação, e as que mudam dados (outras são ignoradas).'),
  },
  {
    additionalProperties: false,
    description: 'Visão de log das mudanças, para o modo changelog.',
  },
);

export type ChangelogConfig = Static<typeof changelogSchema>;

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
      relationSchema(
        'Nome no banco, se for outro: esquema.visao, ou [esquema, visao] se houver ponto no nome.',
        ['siap.custodiado'],
      ),
    ),
    key: Type.Array(columnName, {
      minItems: 1,
      maxItems: 16,
      description: 'Colunas que identificam a linha.',
      examples: [['id']],
    }),
    mode: Type.Optional(
      Type.Enum(['watermark', 'snapshot', 'changelog'], {
        type: 'string',
        description:
          'Como achar mudanças: watermark (coluna que cresce), changelog (visão de log), snapshot (comparação completa). Sem isto, conforme o que foi declarado.',
      }),
    ),
    watermark: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 63,
        description: 'Coluna que cresce a cada mudança da linha (data-hora ou número).',
        examples: ['atualizado_em'],
      }),
    ),
    watermarkFormat: Type.Optional(
      Type.String({
        description: 'Só SQLite: formato strftime da marca d’água; padrão "%Y-%m-%d %H:%M:%f".',
      }),
    ),
    changelog: Type.Optional(changelogSchema),
    columns: Type.Optional(
      Type.Array(columnName, { minItems: 1, description: 'Colunas a publicar; sem isto, todas.' }),
    ),
  },
  { additionalProperties: false },
);

export type ViewConfig = Static<typeof viewSchema>;

/** The mode of a view: the one it names, else the one that fits what it declares. */
export function modeOf(view: ViewConfig): ViewMode {
  if (view.mode !== undefined) return view.mode;
  if (view.changelog !== undefined) return 'changelog';
  return view.watermark === undefined ? 'snapshot' : 'watermark';
}

/** The parts of a relation's name: the whole of it when given as a list, else what the dots part. */
export function relationParts({ name, relation = [name] }: RelationName): readonly string[] {
  return typeof relation === 'string' ? relation.split('.') : relation;
}

/** What a view or a log is called in the configuration. */
export interface RelationName {
  readonly name: string;
  readonly relation?: string | readonly string[];
  /** The columns that are read of it; without them, all. */
  readonly columns?: readonly string[];
}
