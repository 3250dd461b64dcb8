import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { GuaritaError } from '../../shared/errors.ts';
import type { Logger } from '../../shared/log.ts';
import { isLoopback } from '../../shared/loopback.ts';
import type { Environment } from '../../shared/options/environment.ts';
import { readSecret } from '../../shared/options/secrets.ts';
import type { Base } from '../base/base.ts';
import { buildConsole } from './app.ts';
import { readAssets } from './assets/read.ts';
import type { ConsoleConfig } from './config.ts';
import { readConsoleKey } from './console-key.ts';
import { routes } from './routes.ts';
import type { LoginUnico } from './sign-in.ts';

export interface ServedConsole {
  /** As people open it: `https://console.gov.br` */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * The console at its address. Whoever serves it closes the base, afterwards.
 * Throws `config-invalid` where others could read what is sent, `address-in-use`, and the errors of its key.
 */
export async function serveConsole(
  config: ConsoleConfig & { readonly port: number },
  {
    base,
    log,
    environment,
    state,
  }: {
    readonly base: Base;
    readonly log: Logger;
    readonly environment: Environment;
    /** The folder in which central, or the console by itself, keeps its key. */
    readonly state: string;
  },
): Promise<ServedConsole> {
  const { host, port, trustProxy, requestsPerMinute, emergencyReviewHours } = config;
  const tls = tlsOf(config, environment);
  if (tls === null && trustProxy.length === 0 && !isLoopback(host)) {
    throw new GuaritaError(
      'config-invalid',
      'console: sem "certificate" nem "trustProxy", o console só atende em loopback (127.0.0.1).',
    );
  }
  const scheme = tls === null ? 'http' : 'https';
  const shown = host.includes(':') ? `[${host}]` : host;
  const assets = await readAssets();
  const seal = readConsoleKey(config.secretKey, state, environment);
  const unreadable = await unreadableFactors(base, seal);
  // Those of a lost key stay so, and keep nobody else out.
  if (unreadable > 0)
    log.warn({ code: 'console-key-other', factors: unreadable }, 'second factors of another key');
  // Of port 0 the system chooses one, which the pages have to know: it is taken before they are made.
  let origin = config.origin ?? `${scheme}://${shown}:${port}`;
  const signIn = { loginUnico: await loginUnicoOf(config, { environment, origin: () => origin, log }) };
  const app = await buildConsole({
    ...{ base, log, routes, assets, signIn, trustProxy, requestsPerMinute },
    ...(tls !== null && { tls }),
    origin: () => origin,
  });
  try {
    await app.listen({ host, port, exclusive: true });
  } catch (error) {
    await app.close();
    throw new GuaritaError('address-in-use', `${host}:${port}.`, { cause: error });
  }
  const { port: taken } = app.server.address() as AddressInfo;
  origin = config.origin ?? `${scheme}://${shown}:${taken}`;
  return { url: origin, close: () => app.close() };
}

async function loginUnicoOf(
  { loginUnico }: ConsoleConfig,
  {
    environment,
    origin,
    log,
  }: { readonly environment: Environment; readonly origin: () => string; readonly log: Logger },
): Promise<LoginUnico | null> {
  if (loginUnico === undefined) return null;
  const secret = readSecret(loginUnico.clientSecret, environment) ?? '';
  // What speaks with it is of use where it is configured alone.
  const { openLoginUnico } = await import('./login-unico/client.ts');
  return openLoginUnico(loginUnico, { secret, origin, log });
}

function tlsOf(
  { certificate, certificateKey }: ConsoleConfig,
  environment: Environment,
): { readonly cert: string; readonly key: string } | null {
  if (certificate === undefined) return null;
  const key = readSecret(certificateKey, environment);
  if (key === null) {
    throw new GuaritaError('config-invalid', 'console.certificateKey: falta a chave do certificado.');
  }
  try {
    return { cert: readFileSync(certificate, 'utf8'), key };
  } catch (error) {
    throw new GuaritaError('config-invalid', `console.certificate: "${certificate}" não pode ser lido.`, {
      cause: error,
    });
  }
}
