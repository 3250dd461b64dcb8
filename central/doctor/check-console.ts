import { X509Certificate } from 'node:crypto';
import { failed, ok } from '../../shared/doctor/check.ts';
import type { Environment } from '../../shared/options/environment.ts';
import { proveConsoleRole } from '../base/console-base.ts';
import type { CentralConfig } from '../config.ts';
import type { Check } from './check.ts';
import { checkConsoleKey, type SealedInBase } from './check-console-key.ts';
import { certificateCheck } from './check-files.ts';

/**
 * What the console needs where it is served from here: that nobody reads along, its login in the base, its files, its key.
 * @param sealed null where the base could not be looked into
 */
export async function checkConsole(
  config: CentralConfig,
  environment: Environment,
  sealed: SealedInBase | null,
  now: Date,
): Promise<Check[]> {
  const { console, base } = config;
  if (console.port === undefined) return [];
  // Large, and of use to nobody who has no console.
  const { readTls, requireSheltered } = await import('../console/listen.ts');
  const checks: Check[] = [];
  try {
    const tls = readTls(console, environment);
    requireSheltered(console, tls !== null);
    const how =
      tls !== null ? 'TLS próprio' : console.trustProxy.length > 0 ? 'atrás de proxy' : 'só nesta máquina';
    checks.push(ok('console', null, `${console.host}, porta ${console.port}: ${how}`));
    if (tls !== null) {
      const end = new X509Certificate(tls.cert).validToDate;
      const next = `Troque "${console.certificate ?? ''}" por um novo e reinicie o console.`;
      checks.push(certificateCheck('console-certificate', null, { end }, now, next));
    }
  } catch (error) {
    checks.push(failed('console', null, error));
  }
  checks.push(await checkAssets(), await checkConsoleKey(config, environment, sealed));
  if (base.url !== undefined) checks.push(await checkRole(console, environment));
  return checks;
}

async function checkAssets(): Promise<Check> {
  try {
    const { readAssets } = await import('../console/assets/read.ts');
    await readAssets();
    return ok('console-files', null, 'arquivos das páginas presentes');
  } catch (error) {
    return failed('console-files', null, error);
  }
}

/** On a server; in process the console takes on its role by itself. */
async function checkRole(console: CentralConfig['console'], environment: Environment): Promise<Check> {
  try {
    const { openWithLogin } = await import('../console/open.ts');
    const base = openWithLogin(console, environment);
    try {
      await proveConsoleRole(base);
    } finally {
      await base.close();
    }
    return ok('console-role', null, 'lê a base, e só grava em "acesso" e no que as pessoas decidem');
  } catch (error) {
    return failed('console-role', null, error);
  }
}
