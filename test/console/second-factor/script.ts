import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { Test } from 'tap';
import { SoftwareKey } from '../../support/software-key.ts';
import { type ConsoleScene, origin, type Shown } from '../scene.ts';
import { after, madeMember, optionsIn, signingIn } from './people.ts';

// By a name that the compiler does not follow: it knows no types of browsers here.
const file = join(import.meta.dirname, '../../../central/console/browser/webauthn.ts');

/** As much of a page as its script asks of it. */
interface Page {
  readonly hidden: { readonly without: boolean; readonly with: boolean; readonly fault: boolean };
  /** Presses the button: what the form sends, or null where it sends nothing. */
  press(): Promise<string | null>;
}

type Credentials = Readonly<Record<'create' | 'get', (options: { publicKey: Asked }) => Promise<object>>>;

interface Asked {
  readonly challenge: Uint8Array;
  readonly rp?: { readonly id: string };
  readonly rpId?: string;
  readonly user?: { readonly id: Uint8Array };
  readonly allowCredentials?: readonly { readonly id: Uint8Array }[];
}

/** The script of the page, in a browser that has keys or none, without the methods of newer ones. */
export async function script(t: Test, scene: ConsoleScene): Promise<void> {
  const stub = (name: string, value: unknown) => {
    const before = Object.getOwnPropertyDescriptor(globalThis, name);
    Object.defineProperty(globalThis, name, { value, configurable: true });
    t.teardown(() => {
      if (before === undefined) Reflect.deleteProperty(globalThis, name);
      else Object.defineProperty(globalThis, name, before);
    });
  };
  const { useSecurityKeys } = (await import(pathToFileURL(file).href)) as { useSecurityKeys: () => void };

  const opened = (shown: Shown, does: 'create' | 'get', credentials: Credentials | null): Page => {
    const [without, withKey, fault] = [{ hidden: false }, { hidden: true }, { hidden: true }];
    const field = { value: '' };
    let sent: string | null = null;
    let listener: (event: { preventDefault(): void }) => void = () => {};
    const form = {
      dataset: { chave: does, opcoes: optionsIn(shown) },
      elements: { namedItem: (name: string) => (name === 'resposta' ? field : null) },
      querySelectorAll: (selector: string) => [selector === '[data-sem-chave]' ? without : withKey],
      querySelector: () => fault,
      addEventListener: (_: string, listens: typeof listener) => {
        listener = listens;
      },
      submit: () => {
        sent = field.value;
      },
    };
    stub('window', {
      ...{ isSecureContext: true, addEventListener: () => {} },
      ...(credentials !== null && { PublicKeyCredential: () => {} }),
    });
    stub('document', { querySelectorAll: () => [form] });
    stub('navigator', { credentials });
    useSecurityKeys();
    return {
      get hidden() {
        return { without: without.hidden, with: withKey.hidden, fault: fault.hidden };
      },
      press: async () => {
        sent = null;
        // As without a script: the form as it is.
        let isPrevented = false;
        listener({ preventDefault: () => (isPrevented = true) });
        if (!isPrevented) return '';
        await setImmediate();
        return sent;
      },
    };
  };

  const credentialsOf = (key: SoftwareKey, isOld = false): Credentials => ({
    create: async ({ publicKey: { challenge, rp } }) =>
      credential(key.register(JSON.stringify({ challenge: text(challenge), rp }), origin), isOld),
    get: async ({ publicKey: { challenge, rpId, allowCredentials = [] } }) => {
      t.strictSame(
        allowCredentials.map(({ id }) => text(id)),
        [key.id],
      );
      return credential(key.show(JSON.stringify({ challenge: text(challenge), rpId }), origin), isOld);
    },
  });

  for (const isOld of [false, true]) {
    await t.test(`what it sends is taken, of ${isOld ? 'an old' : 'a'} browser`, async (t) => {
      const credentials = credentialsOf(new SoftwareKey(), isOld);
      const person = await madeMember(scene);
      const browser = await signingIn(scene, person.id, 'cadastrar-fator');
      const page = opened(await browser.get('/segundo-fator/novo'), 'create', credentials);
      t.strictSame(page.hidden, { without: true, with: false, fault: true });
      const resposta = (await page.press()) ?? '';
      const added = await browser.post('/segundo-fator/novo/chave', { resposta, 'nome-chave': '' });
      t.equal(added.status, 303);
      t.equal((await after(scene, browser, added).get('/')).status, 200);
      const next = await signingIn(scene, person.id);
      const asks = opened(await next.get('/segundo-fator'), 'get', credentials);
      const shown = await next.post('/segundo-fator/chave', { resposta: (await asks.press()) ?? '' });
      t.equal(shown.status, 303);
    });
  }

  await t.test('a key that does not answer is told, and asked again', async (t) => {
    const browser = await signingIn(scene, (await madeMember(scene)).id, 'cadastrar-fator');
    const shown = await browser.get('/segundo-fator/novo');
    const key = credentialsOf(new SoftwareKey());
    let times = 0;
    const create: Credentials['create'] = (options) => {
      times += 1;
      return times === 1 ? Promise.reject(new Error('NotAllowedError')) : key.create(options);
    };
    const page = opened(shown, 'create', { ...key, create });
    t.equal(await page.press(), null);
    t.equal(page.hidden.fault, false);
    t.not(await page.press(), null);
  });

  await t.test('a browser without keys shows what it showed', async (t) => {
    const browser = await signingIn(scene, (await madeMember(scene)).id, 'cadastrar-fator');
    const page = opened(await browser.get('/segundo-fator/novo'), 'create', null);
    t.strictSame(page.hidden, { without: false, with: true, fault: true });
  });
}

/** An answer as browsers give it to scripts: bytes and no text. @param isOld: it does not say how it reaches the key */
function credential(answer: string, isOld: boolean): object {
  const { response, ...rest } = JSON.parse(answer) as {
    readonly rawId: string;
    readonly response: Readonly<Record<string, unknown>>;
  };
  const { transports, ...texts } = response;
  const inBytes = Object.entries(texts).map(([name, value]) => [name, bytes(value as string)] as const);
  return {
    ...rest,
    rawId: bytes(rest.rawId),
    response: { ...Object.fromEntries(inBytes), ...(!isOld && { getTransports: () => transports }) },
  };
}

function bytes(value: string): ArrayBuffer {
  return Uint8Array.from(Buffer.from(value, 'base64url')).buffer;
}

function text(value: Uint8Array): string {
  return Buffer.from(value).toString('base64url');
}
