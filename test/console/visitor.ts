import assert from 'node:assert/strict';
import { parse } from 'parse5';
import { type ConsoleScene, origin, type Shown } from './scene.ts';

interface Node {
  readonly nodeName: string;
  readonly attrs?: readonly { readonly name: string; readonly value: string }[];
  readonly childNodes?: readonly Node[];
}

/** A browser that keeps what it is told to, and sends the forms of the page that it shows. */
export class Visitor {
  readonly cookies = new Map<string, string>();
  readonly #scene: ConsoleScene;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #address: string;

  constructor(
    scene: ConsoleScene,
    { address = '203.0.113.7', agent = 'Mozilla/5.0 (Windows) Firefox/150.0' } = {},
  ) {
    this.#scene = scene;
    this.#headers = { 'user-agent': agent };
    this.#address = address;
  }

  get session(): string | undefined {
    return this.cookies.get('__Host-guarita');
  }

  get(path: string): Promise<Shown> {
    return this.#ask({ method: 'GET', url: path });
  }

  /** Sends what was filled into the form of a page that is shown. */
  async send(page: Shown, action: string, fields: Readonly<Record<string, string>>): Promise<Shown> {
    return this.#ask({
      ...{ method: 'POST', url: action },
      headers: { origin, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ ...fieldsOf(page.text, action), ...fields }).toString(),
    });
  }

  /** Opens a page, and sends its form. */
  async fill(
    path: string,
    fields: Readonly<Record<string, string>>,
    action = path.replace(/\?.*/, ''),
  ): Promise<Shown> {
    return this.send(await this.get(path), action, fields);
  }

  enter(cpf: string, password: string, path = '/entrar'): Promise<Shown> {
    return this.fill(path, { cpf, senha: password });
  }

  async #ask(asked: {
    readonly headers?: Readonly<Record<string, string>>;
    readonly [more: string]: unknown;
  }): Promise<Shown> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await this.#scene.app.inject({
      ...asked,
      remoteAddress: this.#address,
      headers: { ...this.#headers, ...(cookie !== '' && { cookie }), ...asked.headers },
    });
    for (const set of [answer.headers['set-cookie'] ?? []].flat()) this.#keep(set);
    const { location } = answer.headers;
    return {
      status: answer.statusCode,
      location: typeof location === 'string' ? location : null,
      ...{ text: answer.body, headers: answer.headers },
    };
  }

  #keep(set: string): void {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
    assert(name !== undefined && value !== undefined);
    assert.match(set, /; Path=\/; HttpOnly; Secure; SameSite=Lax|Path=\/; .*HttpOnly; Secure; SameSite=Lax/);
    if (/expires=Thu, 01 Jan 1970/i.test(set)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

/** What a form of a page sends along by itself, as a browser reads it. */
function fieldsOf(text: string, action: string): Record<string, string> {
  const attribute = (node: Node, name: string) => node.attrs?.find((one) => one.name === name)?.value;
  const all = (node: Node): Node[] => [node, ...(node.childNodes ?? []).flatMap(all)];
  const form = all(parse(text) as unknown as Node).find(
    (node) =>
      node.nodeName === 'form' &&
      attribute(node, 'method') === 'post' &&
      attribute(node, 'action') === action,
  );
  assert(form !== undefined, `The page has no form for ${action}.`);
  const inputs = all(form).filter(
    (node) =>
      node.nodeName === 'input' &&
      (attribute(node, 'type') !== 'radio' || attribute(node, 'checked') !== undefined),
  );
  return Object.fromEntries(
    inputs.map((node) => [attribute(node, 'name') ?? '', attribute(node, 'value') ?? '']),
  );
}
