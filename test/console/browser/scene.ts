import { createHash, X509Certificate } from 'node:crypto';
import type { BrowserContext, BrowserContextOptions, Browser as Chromium, Page } from 'playwright-core';
import type { Test } from 'tap';
import type { Base } from '../../../central/base/base.ts';
import { readAssets } from '../../../central/console/assets/read.ts';
import type { ConsoleRoute } from '../../../central/console/route.ts';
import { routes as allRoutes } from '../../../central/console/routes.ts';
import { freePort } from '../../../scripts/demo/processes.ts';
import { pgliteBases } from '../../support/bases.ts';
import { selfSigned } from '../../support/certificate.ts';
import { namedServer } from '../../support/named-server.ts';
import { type ConsoleScene, consoleScene, type SceneOptions } from '../scene.ts';

/** The console at an address, and a real browser to open it in. */
export interface BrowserScene extends ConsoleScene {
  readonly origin: string;
  readonly chromium: Chromium;
}

interface Opening extends SceneOptions {
  readonly base: Base;
  readonly routes: readonly ConsoleRoute[];
  readonly port: number;
}

export function originAt(port: number): string {
  return `https://localhost:${port}`;
}

/** The browser that the environment names, else null: then the test is skipped, loudly. */
export function namedChromium(t: Test): string | null {
  return namedServer(
    t,
    'GUARITA_TEST_CHROMIUM',
    "no page is opened in a browser (.ci/chromium installs Debian's)",
  );
}

/** The browser that the environment names and a console for it, else null. */
export async function browserScene(
  t: Test,
  routes: readonly ConsoleRoute[] = allRoutes,
): Promise<BrowserScene | null> {
  const program = namedChromium(t);
  if (program === null) return null;
  // In-process: what a page looks like is the same over any base.
  const { shared } = await pgliteBases(t);
  return openScene(t, program, { base: shared, routes, port: await freePort() });
}

/** A console that listens at a port, as `options` say, and the browser. */
export async function openScene(
  t: Test,
  program: string,
  { base, routes, port, ...options }: Opening,
): Promise<BrowserScene> {
  const { certificate, key } = selfSigned();
  // A name, not an address: passkeys are of a name.
  const origin = originAt(port);
  const scene = await consoleScene(t, base, routes, {
    ...{ assets: await readAssets(), tls: { cert: certificate, key }, origin: () => origin },
    ...options,
  });
  await scene.app.listen({ host: '127.0.0.1', port });
  const { chromium: launcher } = await import('playwright-core');
  const chromium = await launcher.launch({ executablePath: program, args: [trusted(certificate)] });
  t.teardown(() => chromium.close());
  return { ...scene, origin, chromium };
}

/** Of this one certificate the browser takes it that it is good, as it would of one that an authority has signed. */
function trusted(certificate: string): string {
  const key = new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' });
  const digest = createHash('sha256').update(key).digest('base64');
  return `--ignore-certificate-errors-spki-list=${digest}`;
}

/** A window of its own, which knows nothing of others; what went wrong in it. */
export interface Window {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the browser refused or could not do, and what was asked for elsewhere. */
  readonly problems: string[];
}

/** @param secret of the session with which it comes; none: nobody has signed in */
export async function openWindow(
  t: Test,
  scene: BrowserScene,
  secret: string | null = null,
  options: BrowserContextOptions = {},
): Promise<Window> {
  const { chromium, origin } = scene;
  const context = await chromium.newContext({
    ...{ baseURL: origin, locale: 'pt-BR', viewport: { width: 1280, height: 800 } },
    ...options,
  });
  t.teardown(() => context.close());
  if (secret !== null) await signedInBy(context, scene, secret);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', ({ message }) => problems.push(message));
  page.on('console', (message) => {
    // A page that is refused has a status of its own: that is what it is asked for.
    const isItself = message.location().url === page.url();
    if (message.type() === 'error' && !isItself) problems.push(`${message.text()} ${message.location().url}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(`${origin}/`)) problems.push(`asks elsewhere: ${request.url()}`);
  });
  page.on('requestfailed', (request) => {
    const error = request.failure()?.errorText ?? '';
    // Asked for after the page was there, as its icon is, and given up as it was left.
    if (error !== 'net::ERR_ABORTED') problems.push(`${request.url()}: ${error}`);
  });
  return { context, page, problems };
}

/** Gives a window the session of this secret. */
export async function signedInBy(
  context: BrowserContext,
  { origin }: BrowserScene,
  secret: string,
  name = '__Host-guarita',
): Promise<void> {
  const cookie = { name, value: secret, url: origin };
  await context.addCookies([{ ...cookie, secure: true, httpOnly: true, sameSite: 'Lax' }]);
}
