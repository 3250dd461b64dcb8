import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setPassword } from '../../../central/base/access-layer/passwords.ts';
import { addPerson } from '../../../central/base/access-layer/people.ts';
import {
  chooseBody,
  moveSession,
  type SessionFacts,
  sessionOf,
} from '../../../central/base/access-layer/sessions.ts';
import { hashPassword } from '../../../central/console/access/passwords.ts';
import type { Role } from '../../../central/console/access/roles.ts';
import { digestOf } from '../../../central/console/secrets.ts';
import { type ActInput, type ActName, performAct } from '../../../central/service/access/perform.ts';
import { query } from '../../support/bases.ts';
import { type Browser, browserOf, browserWith, type ConsoleScene, withCheckDigits } from '../scene.ts';
import { password } from '../signing-in/made.ts';
import { Visitor } from '../visitor.ts';
import { bodyCount, peopleCount } from './any.ts';
import { Model } from './model.ts';

const day = 24 * 3_600_000;
let made = 0;

/** A few people and bodies of their own in the base, what is known of them by the model, and who does what. */
export class World {
  readonly model = new Model();
  readonly people: { readonly id: string; readonly cpf: string; readonly probe: Buffer }[] = [];
  readonly bodies: { readonly id: string; readonly short: string }[] = [];
  readonly scene: ConsoleScene;

  private constructor(scene: ConsoleScene) {
    this.scene = scene;
  }

  /** In the first body three who let people in, and one who looks at people. */
  static async make(scene: ConsoleScene): Promise<World> {
    const world = new World(scene);
    const number = ++made;
    const hash = await hashPassword(password, { memory: 64, passes: 1, parallelism: 1 });
    for (let at = 0; at < peopleCount; at++) {
      const id = randomUUID();
      const cpf = withCheckDigits(String(100_000_000 + number * peopleCount + at));
      await scene.base.transaction(async (tx) => {
        await addPerson(tx, { id, cpf, name: `Fulana ${number}-${at}`, email: null }, scene.now());
        await setPassword(tx, { person: id, hash, temporaryUntil: null }, scene.now());
      });
      // Half a way in, by which it can be asked at any time what they may.
      const { secret } = await browserOf(scene, id, { stage: 'segundo-fator', factor: false });
      world.people.push({ id, cpf, probe: digestOf(secret) });
      world.model.people.push({ isBlocked: false, about: world.now });
    }
    for (let at = 0; at < bodyCount; at++) {
      const short = `M${number}-${at}`;
      const { id } = (await world.perform('bodyAdd', { short, name: short })) as { readonly id: string };
      world.bodies.push({ id, short });
      world.model.bodies.push({ isEnded: false });
    }
    // Of the lives that go on in one base each has a central body of its own.
    await scene.base.transaction(async (tx) => {
      await tx.query('UPDATE acesso.orgao SET central = false WHERE central');
      await tx.query('UPDATE acesso.orgao SET central = true WHERE id = $1', [world.bodies[0]?.id]);
    });
    return world;
  }

  get now(): number {
    return this.scene.now().getTime();
  }

  /** Whether time goes on far enough to see what it does. */
  pass(milliseconds: number): void {
    this.scene.clock.pass(milliseconds);
  }

  /** As an operator at the terminal; throws as the command does. */
  perform<N extends ActName>(act: N, input: ActInput<N>): Promise<object | null> {
    return performAct(this.scene.base, { act, input, who: 'carla' }, this.scene.now());
  }

  /** The same, and whether it was done; what is refused is refused for a reason of its own. */
  async isDone<N extends ActName>(act: N, input: ActInput<N>): Promise<boolean> {
    try {
      await this.perform(act, input);
      return true;
    } catch (error) {
      assert(
        ['roles-apart', 'body-unknown', 'option-invalid'].includes((error as { code: string }).code),
        String(error),
      );
      return false;
    }
  }

  cpf(person: number): string {
    return this.people[person]?.cpf ?? '';
  }

  idOf(person: number): string {
    return this.people[person]?.id ?? '';
  }

  short(body: number): string {
    return this.bodies[body]?.short ?? '';
  }

  /** The role's id in the base; one that is nobody's where there is none. */
  async roleId(person: number, body: number, role: Role): Promise<string> {
    const [found] = await query<{ id: string }>(
      this.scene.base,
      'SELECT id FROM acesso.papel WHERE pessoa = $1 AND orgao = $2 AND papel = $3 AND encerrado IS NULL',
      [this.idOf(person), this.bodies[body]?.id, role],
    );
    return found?.id ?? randomUUID();
  }

  /** Until two years from now. */
  get far(): number {
    return this.now + 730 * day;
  }

  /**
   * Somebody enters by their password, and is at work in a body: null where they are kept out, as the model has it. That a
   * second factor is asked for is proved elsewhere: here they have shown one.
   */
  async enters(person: number, body: number): Promise<Browser | null> {
    const visitor = new Visitor(this.scene, { address: `203.0.113.${person}` });
    const entered = await visitor.enter(this.cpf(person), password);
    const isBlocked = this.model.isBlocked(person, this.now);
    assert.equal(entered.status, isBlocked ? 401 : 303, 'who is blocked is kept out, and nobody else');
    if (isBlocked) {
      assert.match(entered.text, /A conta está bloqueada desde/);
      return null;
    }
    const secret = visitor.session ?? '';
    const { base, now } = this.scene;
    const session = await base.transaction(async (tx) => {
      const digest = digestOf(secret);
      const [found] = await tx.query<{ id: string }>('SELECT id FROM acesso.sessao WHERE resumo = $1', [
        digest,
      ]);
      const id = found?.id ?? '';
      await moveSession(tx, id, { digest, stage: 'aberta', factor: true }, now());
      await chooseBody(tx, id, this.bodies[body]?.id ?? '');
      return id;
    });
    this.seen(person);
    return { session, ...browserWith(this.scene, secret) };
  }

  /** They are about. */
  seen(person: number): void {
    const known = this.model.people[person];
    if (known !== undefined) known.about = this.now;
  }

  /** What the console finds of somebody at each request. */
  async factsOf(person: number): Promise<SessionFacts> {
    const { base, now } = this.scene;
    const probe = this.people[person]?.probe ?? Buffer.alloc(0);
    const facts = await base.snapshot((questions) => sessionOf(questions, probe, now()));
    assert(facts !== null);
    return facts;
  }
}
