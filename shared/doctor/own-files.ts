import { accessSync, constants, existsSync } from 'node:fs';
import { GuaritaError } from '../errors.ts';
import { secretFilesIn } from '../options/secrets.ts';
import { isOpenToOthers } from '../private-file.ts';
import { readOrCreateKeyPair } from '../signing/keys.ts';
import { type Check, failed, ok, trouble } from './check.ts';
import type { Health } from './health.ts';

/** What is told of a program's own folder where there is none. */
interface StateFolder {
  readonly folder: string;
  /** Who owns it, with its article: `a central`. */
  readonly owner: string;
  /** When the folder is made. */
  readonly made: string;
}

/** The folder of a program: nobody else may look into it, and the program must be able to write. */
export function checkStateFolder({ folder, owner, made }: StateFolder): Check<'state-folder'> {
  const name = 'state-folder';
  if (!existsSync(folder)) {
    const next = `Confira "state" na configuração; ${made}`;
    return trouble(name, null, 'warning', `A pasta "${folder}" não existe.`, next);
  }
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    const next = `Rode com o usuário d${owner}, ou dê a ele a pasta (chown).`;
    return trouble(name, null, 'critical', `Sem permissão para gravar em "${folder}".`, next);
  }
  if (isOpenToOthers(folder)) {
    const message = `Outros usuários têm acesso à pasta "${folder}".`;
    return trouble(name, null, 'warning', message, `Rode: chmod 700 "${folder}"`);
  }
  return ok(name, null, `pasta "${folder}"`);
}

/**
 * A program's own key; null beside the check when there is none to be used. It is not made here.
 * @param missing how bad it is when there is none yet, and what to do then
 */
export function checkKey(
  file: string,
  missing: { readonly health: Exclude<Health, 'ok'>; readonly next: string },
): { readonly check: Check<'key'>; readonly thumbprint: string | null } {
  if (!existsSync(file)) {
    const check = trouble('key', null, missing.health, `Não há chave em "${file}".`, missing.next);
    return { check, thumbprint: null };
  }
  try {
    const { thumbprint } = readOrCreateKeyPair(file);
    return { check: ok('key', null, `chave ${thumbprint}`), thumbprint };
  } catch (error) {
    return { check: failed('key', null, error), thumbprint: null };
  }
}

/** The files with secrets that a configuration names: nobody but their owner may have them. */
export function checkSecrets(config: unknown): Check<'secrets'>[] {
  const files = [...new Set(secretFilesIn(config))].filter((file) => existsSync(file));
  if (files.length === 0) return [ok('secrets', null, 'nenhuma senha em arquivo')];
  const open = files.filter((file) => isOpenToOthers(file));
  if (open.length === 0) return [ok('secrets', null, files.map((file) => `"${file}"`).join(', '))];
  return open.map((file) => {
    const detail = `Outros usuários têm acesso a "${file}" (chmod 600).`;
    return failed('secrets', null, new GuaritaError('secret-exposed', detail));
  });
}
