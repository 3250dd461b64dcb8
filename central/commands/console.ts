import { once } from 'node:events';
import { createLogger } from '../../shared/log.ts';
import type { ProgramContext } from '../../shared/program.ts';
import { type CentralOptions, readCentralConfig } from '../central.ts';
import type { ServedConsole } from '../console/listen.ts';
import type { Central } from '../service/open-central.ts';

/** Told by `--help`. */
export const consoleHelp = `
Para uma base em servidor PostgreSQL; não lê nada da central. Na configuração:
console.port, console.base (com o usuário que "guarita-central base sql" cria) e
console.secretKey, com a chave do primeiro console da base (o arquivo "console-key"
da pasta dele). Sem secretKey, a chave é a da pasta "state", feita na primeira vez;
com chave diferente da dos outros, o console não inicia.
Sem servidor (PGlite), quem atende o console é "guarita-central serve".`;

/** The console without the rest of central, until told to stop. Throws the errors of `openConsole`. */
export async function serveConsoleAlone(options: CentralOptions, context: ProgramContext): Promise<void> {
  const config = readCentralConfig(options, context);
  const log = createLogger(config.log.level, 'guarita-console');
  const { openConsole } = await import('../console/open.ts');
  const { environment, stop } = context;
  const served = await openConsole(config.console, {
    log,
    environment,
    state: config.state,
    inProcess: null,
    locale: config.treat.locale,
  });
  try {
    context.print(consoleLine(served));
    if (!stop.aborted) await once(stop, 'abort');
  } finally {
    await served.close();
  }
}

/** The console of a service, over its base where that is in process; null where it has no port. */
export async function serveConsoleWith(
  { config, base, log }: Pick<Central, 'config' | 'base' | 'log'>,
  { environment }: ProgramContext,
): Promise<ServedConsole | null> {
  if (config.console.port === undefined) return null;
  // Whoever does not serve it does not pay for it in memory.
  const { openConsole } = await import('../console/open.ts');
  const inProcess = config.base.url === undefined ? base : null;
  const { locale } = config.treat;
  return openConsole(config.console, { log, environment, state: config.state, inProcess, locale });
}

export function consoleLine({ url }: ServedConsole): string {
  return `console em ${url}`;
}
