import type { TObject, TSchema } from 'typebox';

/** A schema with the members that annotate it. */
export type Annotated = TSchema & {
  description?: string;
  default?: unknown;
  examples?: unknown[];
  type?: string;
  const?: unknown;
  properties?: Record<string, TSchema>;
  required?: string[];
  items?: TSchema;
  anyOf?: TSchema[];
};

/** One scalar option: where it is in the file, its environment variable, what it is for. */
export interface ScalarOption {
  readonly path: string;
  readonly variable: string;
  readonly description: string;
  readonly default: string | number | boolean | undefined;
  /** False: the environment's text is read as YAML, so that 8443 is a number and true a boolean. */
  readonly isText: boolean;
}

/** The options that the environment can set: every scalar outside lists and alternatives. */
export function scalarOptions(schema: TObject, prefix: string, path: readonly string[] = []): ScalarOption[] {
  return Object.entries(schema.properties).flatMap(([name, property]): ScalarOption[] => {
    const here = [...path, name];
    const details = property as TSchema & {
      type?: string;
      description?: string;
      default?: string | number | boolean;
    };
    if (details.type === 'object') return scalarOptions(property as TObject, prefix, here);
    if (details.type === undefined || details.type === 'array') return [];
    const words = here.map((part) =>
      part
        .replace(/[A-Z]/g, (c) => `_${c}`)
        .replaceAll('-', '_')
        .toUpperCase(),
    );
    return [
      {
        path: here.join('.'),
        variable: [prefix, ...words].join('_'),
        description: details.description ?? '',
        default: details.default,
        isText: details.type === 'string',
      },
    ];
  });
}

/** The section of `--help` about the environment, in Portuguese as all help is. */
export function environmentHelp(schema: TObject, prefix: string): string {
  const lines = scalarOptions(schema, prefix).map((option) => {
    const preset =
      option.default === undefined || option.default === '' ? '' : ` [${String(option.default)}]`;
    return `  ${option.variable}  ${option.description}${preset}`;
  });
  return ['', 'Variáveis de ambiente (valem mais que o arquivo):', ...lines].join('\n');
}
