import type { Static, TObject } from 'typebox';
import Value from 'typebox/value';
import { parse } from 'yaml';
import { GuaritaError } from '../errors.ts';
import { readTextFile } from '../text-file.ts';
import { scalarOptions } from './declared.ts';
import type { Environment } from './environment.ts';
import { isTelling, sentence } from './faults.ts';
import { isRecord, narrow } from './narrow.ts';
import { requireNoPassword } from './secrets.ts';

/** Reads a configuration. Throws `config-unreadable`, `text-unreadable` and `config-invalid`, naming each field that is wrong. */
export function readConfig<T extends TObject>(
  schema: T,
  file: string | null,
  environment: Environment,
  prefix: string,
): Static<T> {
  return judgedConfig(schema, file === null ? {} : readYaml(file), environment, prefix);
}

/** The same of what is in no file yet, as it would be read from one. Throws `config-invalid`. */
export function judgedConfig<T extends TObject>(
  schema: T,
  given: unknown,
  environment: Environment,
  prefix: string,
): Static<T> {
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

function readYaml(file: string): unknown {
  try {
    return parse(readTextFile(file)) ?? {};
  } catch (error) {
    if (error instanceof GuaritaError) throw error;
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
