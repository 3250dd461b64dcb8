import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { makeCentral } from '../../../central/base/access-layer/bodies.ts';
import type { Role } from '../../../central/console/access/roles.ts';
import { query } from '../../support/bases.ts';
import { type Browser, browserOf, type ConsoleScene, madeBody, madePerson, type Shown } from '../scene.ts';

export const reason = 'Conforme o ato que reorganizou a secretaria.';

/** The id of the body from which all others are looked after; made where there is none yet. */
export async function centralBody(scene: ConsoleScene): Promise<string> {
  const sql = 'SELECT id FROM acesso.orgao WHERE central';
  const [found] = await query<{ id: string }>(scene.base, sql);
  if (found !== undefined) return found.id;
  const { id } = await madeBody(scene, null);
  await scene.base.transaction((tx) => makeCentral(tx, id));
  return id;
}

/** Somebody with a role in a body, at their browser. */
export async function officer(scene: ConsoleScene, body: string, role: Role) {
  const person = await madePerson(scene, body, [role]);
  return { ...person, browser: await browserOf(scene, person.id) };
}

/** The number that the forms of a body's pages send back now. */
export async function versionOf(scene: ConsoleScene, body: string): Promise<string> {
  const sql = 'SELECT versao::text AS version FROM acesso.orgao WHERE id = $1';
  const [found] = await query<{ version: string }>(scene.base, sql, [body]);
  return found?.version ?? '';
}

/** A body with somebody in it who looks after its structures. */
export class Edited {
  readonly scene: ConsoleScene;
  readonly body: string;
  readonly browser: Browser;
  readonly person: string;

  private constructor(scene: ConsoleScene, body: string, made: { id: string; browser: Browser }) {
    this.scene = scene;
    this.body = body;
    this.browser = made.browser;
    this.person = made.id;
  }

  static async made(scene: ConsoleScene): Promise<Edited> {
    const { id } = await madeBody(scene);
    return new Edited(scene, id, await officer(scene, id, 'cadastrador-estruturas'));
  }

  /** @param path below the address of the body; the form says the version of now unless it says another one */
  async send(path: string, form: Readonly<Record<string, string>> = {}): Promise<Shown> {
    const versao = await versionOf(this.scene, this.body);
    return this.browser.post(`/orgaos/${this.body}${path}`, { versao, ...form });
  }

  /** @returns the id of a structure that was created by its form */
  async structure(nome = `Núcleo ${randomUUID()}`, acima = ''): Promise<string> {
    const answer = await this.send('/estruturas', { nome, acima });
    assert.equal(answer.status, 303, nome);
    return this.#idOf('estrutura', nome);
  }

  /** @returns the id of a collection with this structure in it */
  async collection(structure: string, nome = `Coleção ${randomUUID()}`): Promise<string> {
    assert.equal((await this.send('/colecoes', { nome })).status, 303);
    const id = await this.#idOf('colecao', nome);
    assert.equal((await this.send(`/colecoes/${id}/incluir`, { estrutura: structure })).status, 303);
    return id;
  }

  async #idOf(table: 'estrutura' | 'colecao', name: string): Promise<string> {
    const sql = `SELECT id FROM acesso.${table} WHERE orgao = $1 AND nome = $2 AND encerrada IS NULL`;
    const [found] = await query<{ id: string }>(this.scene.base, sql, [this.body, name]);
    assert(found !== undefined);
    return found.id;
  }
}

/** What somebody types who proposes a grant; it begins today. */
export const grantForm: Readonly<Record<string, string>> = {
  ...{ acordo: 'ACT 7/2026', 'visao-custodiado': 'sim', 'visao-custodia': 'sim' },
  ...{ 'finalidade-execucao-penal': 'sim', ufs: 'AL', 'cota-pessoa': '50', 'cota-orgao': '500' },
  ...{ desde: '01/01/2020', ate: '31/12/2090', motivo: reason },
};

/** The proposals of a body by its rows, the first one first. */
export function proposalsIn(scene: ConsoleScene, body: string) {
  return query<{ id: string; grant: string | null; isAccepted: boolean | null }>(
    scene.base,
    `SELECT id, concessao AS grant, aceita AS "isAccepted" FROM acesso.concessao_proposta
      WHERE orgao = $1 ORDER BY proposta, id`,
    [body],
  );
}

/** Two who decide about grants, both in the central body, and a body with a grant. */
export async function atGrants(scene: ConsoleScene) {
  const central = await centralBody(scene);
  const body = await madeBody(scene);
  const one = await officer(scene, central, 'cadastrador-autorizador');
  const other = await officer(scene, central, 'cadastrador-autorizador');
  const at = `/orgaos/${body.id}`;
  /** @returns the path of the proposal of a new grant, by the first of them */
  const proposed = async (form: Readonly<Record<string, string>> = {}) => {
    // One after the other, as people do.
    scene.clock.pass(1000);
    const answer = await one.browser.post(`${at}/concessoes`, { ...grantForm, ...form });
    assert.equal(answer.status, 303, answer.text);
    return `${at}/propostas/${(await proposalsIn(scene, body.id)).at(-1)?.id}`;
  };
  return { body, at, one, other, proposed };
}

/** Somebody of a body who is tied to a structure of it, by a registrar there. */
export async function atTies(scene: ConsoleScene) {
  const edited = await Edited.made(scene);
  const structure = await edited.structure();
  const registrar = await officer(scene, edited.body, 'cadastrador-vinculador');
  const agent = await madePerson(scene, edited.body, ['agente']);
  const at = `/orgaos/${edited.body}`;
  /** @param stood the tie that they had when the page was made */
  const tie = (to: string, stood: string | null = null, person = agent.id) =>
    registrar.browser.post(`${at}/estruturas/${to}/pessoas`, {
      ...{ pessoa: stood === null ? person : `${person}/${stood}`, versao: '0' },
    });
  const ties = () =>
    query<{ id: string; structure: string; until: Date | null }>(
      scene.base,
      `SELECT id, estrutura AS structure, ate AS until FROM acesso.lotacao WHERE pessoa = $1 ORDER BY desde, ate NULLS LAST`,
      [agent.id],
    );
  return { edited, structure, registrar, agent, at, tie, ties };
}
