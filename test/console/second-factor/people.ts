import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { addTotp } from '../../../central/base/access-layer/factors.ts';
import { sessionOf } from '../../../central/base/access-layer/sessions.ts';
import type { Role } from '../../../central/console/access/roles.ts';
import { moveOn } from '../../../central/console/second-factor/fresh.ts';
import { newTotpSecret, stepOf, writtenSecret } from '../../../central/console/second-factor/totp.ts';
import { digestOf } from '../../../central/console/secrets.ts';
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
  code({ now }: Pick<ConsoleScene, 'now'>, steps = 0): string {
    return this.#totp.generate({ timestamp: now().getTime() + steps * 30_000 });
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

/** Somebody with an app, registered when they signed in for the first time, and the session they did it in; by no page. */
export async function withApp(scene: ConsoleScene, roles?: readonly Role[]) {
  const person = await madeMember(scene, roles);
  const { session, secret } = await signingIn(scene, person.id, 'cadastrar-fator');
  const app = await givenApp(scene, person.id);
  const now = scene.now();
  const moved = await scene.base.transaction(async (tx) => {
    const facts = await sessionOf(tx, digestOf(secret), now);
    assert(facts !== null);
    return moveOn(tx, facts, now);
  });
  scene.clock.pass(60_000);
  return { person, app, browser: { session, ...browserWith(scene, moved.session.secret) } };
}

/** Gives somebody an app, of which the code of now is used up, as where they have registered it. */
export async function givenApp({ base, now, seal }: ConsoleScene, person: string): Promise<App> {
  const [id, secret] = [randomUUID(), newTotpSecret()];
  const app = new App(writtenSecret(secret));
  const lastStep = stepOf(secret, app.code({ now }), now()) ?? 0;
  const added = { id, person, name: 'Celular', sealed: seal.close(secret, id), lastStep };
  await base.transaction((tx) => addTotp(tx, added, now()));
  return app;
}

/** The lowest first, of requests that came at once. */
export function statusesOf(shown: readonly Shown[]): number[] {
  return shown.map(({ status }) => status).toSorted((one, other) => one - other);
}
