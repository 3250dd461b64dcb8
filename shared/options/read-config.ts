import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import Type, { type Static, type TObject, type TSchema } from 'typebox';
import type { TValidationError } from 'typebox/error';
import { Locale } from 'typebox/system';
import Value from 'typebox/value';
import { Document, parse, type Scalar, type YAMLMap } from 'yaml';
import { GuaritaError } from '../errors.ts';
import type { SecretReference } from '../sources/source-config.ts';

/**
 * Options are declared once, as a TypeBox schema with descriptions, defaults and examples. From it come the reading
 * and validation of the YAML file, the environment names, `--help`, the published JSON Schema and the commented
 * sample. Only `main.ts` knows the environment, so it is passed in.
 */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads a configuration. Throws `config-unreadable` and `config-invalid`, naming each field that is wrong. */
export function readConfig<T extends TObject>(
  schema: T,
  file: string | null,
  environment: Environment,
  prefix: string,
): Static<T> {
  const given = file === null ? {} : readYaml(file);
  const merged = withEnvironment(schema, given, environment, prefix);
  refuseSecrets(merged, '');
  const meant = narrow(schema, merged);
  const value = completed(schema, merged);
  const errors = [...new Set([...Value.Errors(meant, value)].filter(isTelling).map(sentence))];
  if (errors.length > 0) throw new GuaritaError('config-invalid', errors.join(' '));
  return value as Static<T>;
}

/** What is said, and for all that is not, what its schema means by that. Not judged. */
export function completed<T extends TObject>(schema: T, said: unknown): unknown {
  return Value.Default(narrow(schema, said), structuredClone(said));
}

/** The secret that a configuration refers to, without its final newline. Throws `secret-missing`. */
export function readSecret(reference: SecretReference | undefined, environment: Environment): string | null {
  if (reference === undefined) return null;
  if ('env' in reference) {
    const value = environment[reference.env];
    if (value === undefined)
      throw new GuaritaError('secret-missing', `Variável de ambiente "${reference.env}".`);
    return value;
  }
  const directory = environment['CREDENTIALS_DIRECTORY'];
  const handed = (name: string) => (directory === undefined ? [] : [join(directory, name)]);
  if ('credential' in reference) {
    return readFirst(handed(reference.credential), `Credencial "${reference.credential}".`);
  }
  const { file } = reference;
  // A service's user cannot read what is root's alone: systemd hands it over under the name of the file.
  return readFirst([file, ...handed(basename(file))], `Arquivo "${file}".`);
}

function readFirst(files: readonly string[], what: string): string {
  let cause: unknown;
  for (const file of files) {
    try {
      return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    } catch (error) {
      cause ??= error;
    }
  }
  throw new GuaritaError('secret-missing', what, { cause });
}

/** Refuses an address that carries a password, also one that should have been encoded. Throws `secret-exposed`. */
export function requireNoPassword(address: string, where: string): void {
  if (/^[a-z][a-z0-9+.-]*:\/\/[^@]*:[^@]*@/i.test(address) || /[?&]password=/i.test(address)) {
    throw new GuaritaError('secret-exposed', `Opção "${where}".`);
  }
}

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
    const words = here.map((part) => part.replace(/[A-Z]/g, (c) => `_${c}`).toUpperCase());
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

/** The commented sample: each option with its description, its example or default. */
export function sampleYaml(schema: TObject, heading: string): string {
  const document = new Document(sampleOf(schema));
  comment(document.contents as YAMLMap, schema);
  document.commentBefore = ` ${heading}`;
  return document.toString({ lineWidth: 0 });
}

function readYaml(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8')) ?? {};
  } catch (error) {
    // The parser quotes the line at fault, which could hold a secret: only the place is passed on.
    const at = (error as { linePos?: [{ line: number }] }).linePos?.[0].line;
    const place = at === undefined ? '' : `, linha ${at}`;
    throw new GuaritaError('config-unreadable', `Arquivo "${file}"${place}.`, {
      cause: (error as NodeJS.ErrnoException).code,
    });
  }
}

function withEnvironment(schema: TObject, given: unknown, environment: Environment, prefix: string): unknown {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return given;
  const merged = structuredClone(given) as Record<string, unknown>;
  for (const { path, variable, isText } of scalarOptions(schema, prefix)) {
    const text = environment[variable];
    if (text === undefined) continue;
    const parts = path.split('.');
    const last = parts.pop() ?? '';
    let target = merged;
    for (const part of parts) target = isRecord((target[part] ??= {})) ? target[part] : {};
    target[last] = isText ? text : parseScalar(text);
  }
  return merged;
}

/** What is not even YAML stays text, for the validation to name its option. */
function parseScalar(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return text;
  }
}

function refuseSecrets(value: unknown, path: string): void {
  if (typeof value === 'string') requireNoPassword(value, path);
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    const here = path === '' ? name : `${path}.${name}`;
    if (/password|senha|secret/i.test(name) && typeof inner === 'string') {
      throw new GuaritaError('secret-exposed', `Opção "${here}".`);
    }
    refuseSecrets(inner, here);
  }
}

/**
 * The schema with each choice between objects narrowed to the alternative that the value means, so that defaults are
 * filled in and errors are told of that one alone.
 */
function narrow<T extends TSchema>(schema: T, value: unknown): T {
  const { anyOf = [], properties } = schema as Annotated;
  const fields = isRecord(value) ? value : {};
  const kinds = anyOf.flatMap((branch) => Object.entries(constantsOf(branch)));
  if (kinds.length > 0) {
    const meant = anyOf.find((branch) =>
      Object.entries(constantsOf(branch)).every(([name, only]) => fields[name] === only),
    );
    if (meant !== undefined) return narrow(meant, value) as T;
    const [name = ''] = kinds[0] ?? [];
    return Type.Object({ [name]: Type.Enum(kinds.map(([, only]) => String(only))) }) as TSchema as T;
  }
  const named = anyOf.find((branch) =>
    Object.keys((branch as Annotated).properties ?? {}).some((name) => name in fields),
  );
  if (named !== undefined) return named as T;
  if (properties === undefined) return schema;
  const narrowed = Object.entries(properties).map(([name, inner]) => [name, narrow(inner, fields[name])]);
  // A copy with its hidden members, by which TypeBox knows a schema's kind.
  const copy = Object.defineProperties({}, Object.getOwnPropertyDescriptors(schema)) as T;
  return Object.assign(copy, { properties: Object.fromEntries(narrowed) as Record<string, TSchema> });
}

/** The members by which an alternative is known, such as `engine`. */
function constantsOf(schema: TSchema): Record<string, unknown> {
  const members = Object.entries((schema as Annotated).properties ?? {});
  return Object.fromEntries(
    members.flatMap(([name, inner]) => ('const' in inner ? [[name, inner.const] as const] : [])),
  );
}

/** Not the `false` of `additionalProperties`: another error names the field. */
function isTelling(error: { keyword: string }): boolean {
  return error.keyword !== 'boolean';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is wrong with a field, in Portuguese: people at the state read it. */
function sentence(error: TValidationError): string {
  const where = error.instancePath === '' ? 'o arquivo' : error.instancePath.slice(1).replaceAll('/', '.');
  return `${where}: ${fault(error)}.`;
}

function fault(error: TValidationError): string {
  switch (error.keyword) {
    case 'additionalProperties':
      return `campo desconhecido ${quoted(error.params.additionalProperties)}`;
    case 'required':
      return `campo obrigatório ausente ${quoted(error.params.requiredProperties)}`;
    case 'enum':
      return `deve ser um de ${quoted(error.params.allowedValues)}`;
    case 'type':
      return `deve ser ${[error.params.type].flat().map(typeName).join(' ou ')}`;
    default:
      return Locale.pt_BR(error);
  }
}

function quoted(values: readonly unknown[]): string {
  return values.map((value) => JSON.stringify(value)).join(', ');
}

function typeName(type: string): string {
  return typeNames[type] ?? type;
}

const typeNames: Readonly<Record<string, string>> = {
  object: 'um grupo de campos',
  array: 'uma lista',
  string: 'um texto',
  integer: 'um número inteiro',
  number: 'um número',
  boolean: 'true ou false',
};

type Annotated = TSchema & {
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

function sampleOf(schema: TSchema): unknown {
  const {
    examples,
    default: preset,
    type,
    properties,
    required,
    items,
    anyOf,
    const: only,
  } = schema as Annotated;
  if (examples?.[0] !== undefined) return examples[0];
  if (only !== undefined) return only;
  if (anyOf?.[0] !== undefined) return sampleOf(anyOf[0]);
  if (type === 'object' && properties !== undefined) {
    const shown = Object.entries(properties).filter(
      ([name, inner]) => required?.includes(name) === true || (inner as Annotated).examples !== undefined,
    );
    return Object.fromEntries(shown.map(([name, inner]) => [name, sampleOf(inner)]));
  }
  if (preset !== undefined) return preset;
  return type === 'array' && items !== undefined ? [sampleOf(items)] : '';
}

function comment(map: YAMLMap, schema: TSchema): void {
  const { properties = {}, anyOf } = schema as Annotated;
  const chosen = anyOf?.[0] === undefined ? properties : ((anyOf[0] as Annotated).properties ?? {});
  for (const pair of map.items) {
    const key = pair.key as Scalar<string>;
    const inner: Annotated | undefined = chosen[key.value];
    if (inner === undefined) continue;
    if (inner.description !== undefined) key.commentBefore = ` ${inner.description}`;
    const value = pair.value as { items?: unknown[] } | null;
    if (inner.type === 'array' && inner.items !== undefined) {
      for (const item of value?.items ?? []) if (isMap(item)) comment(item, inner.items);
    } else if (isMap(value)) comment(value, inner);
  }
}

function isMap(value: unknown): value is YAMLMap {
  return typeof value === 'object' && value !== null && 'items' in value && 'has' in value;
}
