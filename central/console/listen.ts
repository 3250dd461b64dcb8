import type { AddressInfo } from 'node:net';
import { createSecureContext } from 'node:tls';
import { allowedAddresses } from '../../shared/allowed-addresses.ts';
import { GuaritaError } from '../../shared/errors.ts';
import type { Logger } from '../../shared/log.ts';
import { isLoopback } from '../../shared/loopback.ts';
import type { Environment } from '../../shared/options/environment.ts';
import { readSecret } from '../../shared/options/secrets.ts';
import { readTextFile } from '../../shared/text-file.ts';
import type { Base } from '../base/base.ts';
import { buildConsole } from './app.ts';
import { readAssets } from './assets/read.ts';
import type { ConsoleConfig } from './config.ts';
import { readConsoleKey } from './console-key.ts';
import { routes } from './routes.ts';
import { requireSameKey } from './same-key.ts';
import { unreadableFactors } from './second-factor/unreadable.ts';
import type { LoginUnico } from './sign-in.ts';

export interface ServedConsole {
  /** As people open it: `https://console.gov.br` */
  readonly url: string;
  close(): Promise<void>;
}

/** Certificate and key, PEM. */
interface Tls {
  readonly cert: string;
  readonly key: string;
}

/**
 * The console at its address. Whoever serves it closes the base, afterwards.
 * Throws `config-invalid` where others could read what is sent, `address-in-use`, `console-unbuilt`, `console-key-other` and the errors of its key.
 */
export async function serveConsole(
  config: ConsoleConfig & { readonly port: number },
  {
    base,
    log,
    environment,
    state,
    locale,
  }: {
    readonly base: Base;
    readonly log: Logger;
    readonly environment: Environment;
    /** The folder in which central, or the console by itself, keeps what is secret of it. */
    readonly state: string;
    /** Of names, as linkage has it. */
    readonly locale?: string;
  },
): Promise<ServedConsole> {
  const { host, port, trustProxy, requestsPerMinute, emergencyReviewHours } = config;
  const tls = readTls(config, environment);
  requireSheltered(config, tls !== null);
  const scheme = tls === null ? 'http' : 'https';
  const shown = host.includes(':') ? `[${host}]` : host;
  const assets = await readAssets();
  const seal = readConsoleKey(config.secretKey, state, environment);
  await requireSameKey(base, seal);
  const unreadable = await unreadableFactors(base, seal);
  // Those of a lost key stay so, and keep nobody else out.
  if (unreadable > 0)
    log.warn({ code: 'console-key-other', factors: unreadable }, 'second factors of another key');
  // Of port 0 the system chooses one, which the pages have to know: it is taken before they are made.
  // As browsers write it: without a port that goes without saying, in small letters.
  const told = config.origin === undefined ? null : new URL(config.origin).origin;
  let origin = told ?? `${scheme}://${shown}:${port}`;
  const signIn = { loginUnico: await loginUnicoOf(config, { environment, origin: () => origin, log }) };
  const app = await buildConsole({
    ...{ base, log, routes, assets, seal, signIn, trustProxy, requestsPerMinute, emergencyReviewHours },
    ...(tls !== null && { tls }),
    ...(locale !== undefined && { locale }),
    origin: () => origin,
  });
  if (tls === null && trustProxy.length > 0) {
    // Without TLS here, nobody but the proxies that have it is talked to: pages would be read on the way.
    const isProxy = allowedAddresses(trustProxy, 'console.trustProxy');
    app.server.on('connection', (socket) => {
      if (!isProxy(socket)) socket.destroy();
    });
  }
  try {
    await app.listen({ host, port, exclusive: true });
  } catch (error) {
    await app.close();
    throw new GuaritaError('address-in-use', `${host}:${port}.`, { cause: error });
  }
  const { port: taken } = app.server.address() as AddressInfo;
  origin = told ?? `${scheme}://${shown}:${taken}`;
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

/** That nobody on the way reads what is sent, and that forms are known to come from this site. Throws `config-invalid`. */
export function requireSheltered({ host, origin, trustProxy }: ConsoleConfig, hasTls: boolean): void {
  allowedAddresses(trustProxy, 'console.trustProxy');
  if (!hasTls && trustProxy.length === 0 && !isLoopback(host)) {
    throw new GuaritaError(
      'config-invalid',
      'console: sem "certificate" nem "trustProxy", o console só atende em loopback (127.0.0.1).',
    );
  }
  if (trustProxy.length > 0 && origin === undefined) {
    throw new GuaritaError(
      'config-invalid',
      'console.origin: atrás de um proxy, diga o endereço com que as pessoas abrem o console.',
    );
  }
  if (origin?.startsWith('http://') === true && !isLoopback(new URL(origin).hostname)) {
    throw new GuaritaError('config-invalid', 'console.origin: as pessoas abrem o console por https://.');
  }
}

/** Null without a certificate. Throws `config-invalid`, `secret-missing`, `text-unreadable`. */
export function readTls(
  { certificate, certificateKey }: Pick<ConsoleConfig, 'certificate' | 'certificateKey'>,
  environment: Environment,
): Tls | null {
  if (certificate === undefined) return null;
  const key = readSecret(certificateKey, environment);
  if (key === null) {
    throw new GuaritaError('config-invalid', 'console.certificateKey: falta a chave do certificado.');
  }
  let cert: string;
  try {
    cert = readTextFile(certificate);
  } catch (error) {
    if (error instanceof GuaritaError) throw error;
    throw new GuaritaError('config-invalid', `console.certificate: "${certificate}" não pode ser lido.`, {
      cause: error,
    });
  }
  try {
    createSecureContext({ cert, key });
  } catch {
    // What lies beneath could quote the key.
    throw new GuaritaError(
      'config-invalid',
      'console.certificate: não é PEM, ou "certificateKey" não é a chave dele.',
    );
  }
  return { cert, key };
}
