import { basename, join } from 'node:path';
import Type, { type Static } from 'typebox';
import { GuaritaError } from '../errors.ts';
import { readTextFile } from '../text-file.ts';
import type { Environment } from './environment.ts';

const name = (description: string) => Type.String({ minLength: 1, maxLength: 128, description });

const reference = [
  Type.Object({ env: name('Nome da variável de ambiente.') }, { additionalProperties: false }),
  Type.Object({ file: name('Caminho do arquivo, legível só pelo agente.') }, { additionalProperties: false }),
  Type.Object(
    {
      credential: Type.String({
        pattern: '^[A-Za-z0-9._-]{1,64}$',
        description: 'Nome da credencial que o systemd entrega ao serviço.',
      }),
    },
    { additionalProperties: false },
  ),
] as const;

/** @param what it is, with its article: `a senha` */
export function secretOf(what: string, example: Static<(typeof reference)[number]>) {
  const description = `Onde está ${what}: { env: NOME }, { file: CAMINHO } ou { credential: NOME }. Nunca o próprio segredo.`;
  return Type.Union([...reference], { description, examples: [example] });
}

export const secretSchema = secretOf('a senha', { env: 'GUARITA_DB_PASSWORD' });

export type SecretReference = Static<typeof secretSchema>;

/** The secret that a configuration refers to, without its final newline. Throws `secret-missing`, `text-unreadable`. */
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
      return readTextFile(file).replace(/\r?\n$/, '');
    } catch (error) {
      if (error instanceof GuaritaError) throw error;
      cause ??= error;
    }
  }
  throw new GuaritaError('secret-missing', what, { cause });
}

/** Files that a configuration refers to for its secrets: whatever is `{ file }` and nothing else. */
export function secretFilesIn(config: unknown): string[] {
  if (typeof config !== 'object' || config === null) return [];
  const entries = Object.entries(config);
  const [[name, file] = []] = entries;
  if (entries.length === 1 && name === 'file' && typeof file === 'string') return [file];
  return entries.flatMap(([, value]) => secretFilesIn(value));
}

/** Refuses an address that carries a password, also one that should have been encoded. Throws `secret-exposed`. */
export function requireNoPassword(address: string, where: string): void {
  if (/^[a-z][a-z0-9+.-]*:\/\/[^@]*:[^@]*@/i.test(address) || /[?&]password=/i.test(address)) {
    throw new GuaritaError('secret-exposed', `Opção "${where}".`);
  }
}
