import { Secret, TOTP } from 'otpauth';
import type { Role } from '../../../central/console/access/roles.ts';
import {
  type Browser,
  browserOf,
  browserWith,
  type ConsoleScene,
  madeBody,
  madePerson,
  type Shown,
} from '../scene.ts';

/** A person of a body of their own, whose role has power unless it is said otherwise. */
export async function madeMember(scene: ConsoleScene, roles: readonly Role[] = ['auditor']) {
  return madePerson(scene, (await madeBody(scene)).id, roles);
}

/** Somebody in the middle of signing in. */
export function signingIn(
  scene: ConsoleScene,
  person: string,
  stage: 'segundo-fator' | 'cadastrar-fator' | 'trocar-senha' = 'segundo-fator',
): Promise<Browser> {
  return browserOf(scene, person, { stage, factor: false });
}

/** The browser after an answer that gave it another secret to keep; the same where it gave none. */
export function after(scene: ConsoleScene, browser: Browser, { headers }: Shown): Browser {
  const given = /__Host-guarita=([\w-]{43})/.exec(String(headers['set-cookie']));
  return given === null ? browser : { session: browser.session, ...browserWith(scene, given[1] as string) };
}

/** An authenticator app: what it shows at an hour. */
export class App {
  readonly #totp: TOTP;

  constructor(secret: string) {
    this.#totp = new TOTP({ secret: Secret.fromBase32(secret.replaceAll(' ', '')) });
  }

  /** @param steps of 30 seconds, from now */
  code(scene: ConsoleScene, steps = 0): string {
    return this.#totp.generate({ timestamp: scene.clock.now() + steps * 30_000 });
  }

  /** A code that it does not show about now. */
  wrong(scene: ConsoleScene): string {
    const shown = [-2, -1, 0, 1, 2].map((steps) => this.code(scene, steps));
    return ['000000', '000001', '000002', '000003', '000004', '000005'].find(
      (code) => !shown.includes(code),
    ) as string;
  }
}

/** The secret that a page has in writing. */
export function secretIn({ text }: Shown): string {
  return /<code class="chave-totp">([A-Z2-7 ]+)<\/code>/.exec(text)?.[1] ?? '';
}

/** What a page's form asks a key for. */
export function optionsIn({ text }: Shown): string {
  const found = /data-opcoes="([^"]*)"/.exec(text)?.[1] ?? '';
  return found.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
}

/** Registers an app in a session that may, which goes on; a minute passes, so that the next code is another one. */
export async function registerApp(scene: ConsoleScene, browser: Browser) {
  const app = new App(secretIn(await browser.get('/segundo-fator/novo')));
  const answer = await browser.post('/segundo-fator/novo', { codigo: app.code(scene), nome: 'Celular' });
  scene.clock.pass(60_000);
  return { app, answer, browser: after(scene, browser, answer) };
}

/** Somebody with an app, registered when they signed in for the first time, and the session they did it in. */
export async function withApp(scene: ConsoleScene, roles?: readonly Role[]) {
  const person = await madeMember(scene, roles);
  const { app, browser } = await registerApp(scene, await signingIn(scene, person.id, 'cadastrar-fator'));
  return { person, app, browser };
}

/** The lowest first, of requests that came at once. */
export function statusesOf(shown: readonly Shown[]): number[] {
  return shown.map(({ status }) => status).toSorted((one, other) => one - other);
}
