import { GuaritaError } from '../../shared/errors.ts';
import type { Logger } from '../../shared/log.ts';
import type { Environment } from '../../shared/options/environment.ts';
import { readSecret } from '../../shared/options/secrets.ts';
import { atVersion } from '../base/at-version.ts';
import type { Base } from '../base/base.ts';
import { consoleBaseInProcess, proveConsoleRole } from '../base/console-base.ts';
import { openBaseOnServer } from '../base/open.ts';
import type { ConsoleConfig } from './config.ts';
import { type ServedConsole, serveConsole } from './listen.ts';

interface Opening {
  readonly log: Logger;
  readonly environment: Environment;
  /** Central's folder, or the one of a console by itself. */
  readonly state: string;
  /** The base in process, which central has open; null where it is on a server. */
  readonly inProcess: Base | null;
  /** As linkage has it: `treat.locale`. */
  readonly locale: string;
}

/**
 * Serves the console over a base in which it can write nothing else, which is proved before. Throws `config-invalid`,
 * the errors of `console-base.ts` and those of `serveConsole`.
 */
export async function openConsole(
  config: ConsoleConfig,
  { log, environment, state, inProcess, locale }: Opening,
): Promise<ServedConsole> {
  const { port } = config;
  if (port === undefined) {
    throw new GuaritaError('config-invalid', 'console.port: falta a porta do console, por exemplo 8080.');
  }
  const base =
    inProcess === null ? openWithLogin(config, environment) : await consoleBaseInProcess(inProcess);
  // Central's own is closed by central.
  const closeBase = () => (inProcess === null ? base.close() : Promise.resolve());
  try {
    if (inProcess === null) await proveConsoleRole(base);
    const served = await serveConsole({ ...config, port }, { base, log, environment, state, locale });
    const close = async () => {
      try {
        await served.close();
      } finally {
        await closeBase();
      }
    };
    return { url: served.url, close };
  } catch (error) {
    await closeBase();
    throw error;
  }
}

/** The base by the console's own login, as long as it is of this version. Throws `config-invalid`, `secret-missing`. */
export function openWithLogin({ base: login }: ConsoleConfig, environment: Environment): Base {
  if (login === undefined) {
    throw new GuaritaError(
      'config-invalid',
      'console.base: falta o usuário do console na base (url e password). O DBA o cria com o script de "guarita-central base sql".',
    );
  }
  return atVersion(
    openBaseOnServer('console.base.url', {
      url: login.url,
      password: readSecret(login.password, environment),
      // What pages ask has connections of its own.
      connections: 2,
      timeoutSeconds: 60,
    }),
  );
}
