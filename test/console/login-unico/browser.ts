import type { ConsoleScene } from '../scene.ts';
import { origin } from '../scene.ts';

/** What a browser sees at last: never the address by which it came back. */
export interface Seen {
  readonly path: string;
  readonly status: number;
  readonly text: string;
}

/** A browser with the cookies of both sites, that goes where it is sent. */
export class WalkingBrowser {
  readonly #scene: ConsoleScene;
  /** By site. */
  readonly #cookies = new Map<string, Map<string, string>>();

  constructor(scene: ConsoleScene) {
    this.#scene = scene;
  }

  /** What it keeps for the console. */
  cookie(name: string): string | undefined {
    return this.#jar(origin).get(name);
  }

  /** Asks for one address, and does not go on. */
  async ask(address: string): Promise<{ status: number; location: string | null; text: string }> {
    const url = new URL(address, origin);
    const jar = this.#jar(url.origin);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const { status, given, location, text } =
      url.origin === origin ? await this.#askConsole(url, cookie) : await askProvider(url, cookie);
    for (const one of given) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(one) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return { status, location: location === null ? null : new URL(location, url).href, text };
  }

  /** Goes from redirect to redirect until it sees a page. */
  async see(from: string): Promise<Seen> {
    const at = await this.#walk(from, () => false);
    const { status, text } = at.answer ?? (await this.ask(at.url.href));
    return { path: `${at.url.pathname}${at.url.search}`, status, text };
  }

  /** Goes so far that it would ask for an address that `until` names, and returns that. */
  async walk(from: string, until: (url: URL) => boolean): Promise<string> {
    return (await this.#walk(from, until)).url.href;
  }

  async #walk(from: string, until: (url: URL) => boolean) {
    let url = new URL(from, origin);
    for (let steps = 0; steps < 20 && !until(url); steps++) {
      const answer = await this.ask(url.href);
      if (answer.location === null) return { url, answer };
      url = new URL(answer.location);
    }
    return { url, answer: null };
  }

  async #askConsole(url: URL, cookie: string) {
    const answer = await this.#scene.app.inject({
      ...{ method: 'GET', url: `${url.pathname}${url.search}`, headers: { cookie } },
    });
    const { location, 'set-cookie': given = [] } = answer.headers;
    return {
      ...{ status: answer.statusCode, text: answer.body, given: [given].flat() },
      location: typeof location === 'string' ? location : null,
    };
  }

  #jar(site: string): Map<string, string> {
    const jar = this.#cookies.get(site) ?? new Map<string, string>();
    this.#cookies.set(site, jar);
    return jar;
  }
}

async function askProvider(url: URL, cookie: string) {
  const answer = await fetch(url, { redirect: 'manual', headers: { cookie } });
  return {
    ...{ status: answer.status, text: await answer.text(), given: answer.headers.getSetCookie() },
    location: answer.headers.get('location'),
  };
}
