import type { Test } from 'tap';
import { accessHealth } from '../../../central/base/access-layer/access-health.ts';
import { proposeGrant } from '../../../central/base/access-layer/grant-proposals.ts';
import { blockPerson, learnEmail } from '../../../central/base/access-layer/people.ts';
import { addStep } from '../../../central/base/access-layer/requests.ts';
import { Reminder } from '../../../central/service/reminder.ts';
import { createLogger } from '../../../shared/log.ts';
import { query } from '../../support/bases.ts';
import { centralBody } from '../bodies/people.ts';
import { madeDue } from '../due.ts';
import { type ConsoleScene, madePerson } from '../scene.ts';
import { bodyWithAuthority, letterTo, madeRequest } from './people.ts';

const day = 24 * 3_600_000;

/** What only the clock knows to be due is told by letter: decisions that wait for somebody, roles that lapse. */
export async function reminded(t: Test, scene: ConsoleScene): Promise<void> {
  const { base, clock } = scene;
  const log = createLogger('silent', 'test');
  const look = async () => {
    const reminder = new Reminder({
      base,
      clock: { now: () => clock.now(), after: () => () => undefined },
      log,
    });
    reminder.start();
    await reminder.settled();
    await reminder.stop();
  };
  /** How many letters went to an address, once central has written what was asked for; and the last one. */
  const letters = async (address: string) => {
    const text = await letterTo(scene, address);
    const [found] = await query<{ n: number }>(
      base,
      'SELECT count(*)::int AS n FROM correio.carta WHERE para = $1',
      [address],
    );
    return { text, n: found?.n ?? 0 };
  };
  const withAddress = async <P extends { readonly id: string; readonly cpf: string }>(person: P) => {
    const email = `${person.cpf}@lembrado.exemplo`;
    await base.transaction((tx) => learnEmail(tx, person.id, email));
    return { ...person, email };
  };
  const autorizador = async (body: string) =>
    withAddress(await madePerson(scene, body, ['cadastrador-autorizador']));

  await t.test('a request to approve: once a day, and again where it is forgotten', async (t) => {
    const body = await bodyWithAuthority(scene);
    const other = await bodyWithAuthority(scene);
    const [ana, rui, far] = [
      await autorizador(body.id),
      await autorizador(body.id),
      await autorizador(other.id),
    ];
    await look();
    t.equal((await letters(ana.email)).n, 0, 'nothing waits');

    const { id, cpf } = await madeRequest(scene, body, { role: 'revisor' });
    await look();
    await look();
    const { text, n } = await letters(ana.email);
    t.equal(n, 1);
    t.match(text, /\n1 pedido de acesso a aprovar:\nhttp\S+\/pedidos\n/);
    t.notMatch(text, /Maria|proposta|papel a/, 'nothing of whom it is about');
    t.notMatch(text, cpf);
    t.equal((await letters(far.email)).n, 0, 'not to another body');

    // Who has said yes has nothing to do any more.
    await base.transaction((tx) =>
      addStep(tx, id, { kind: 'aprovado', by: rui.id, until: new Date(clock.now() + 30 * day) }, scene.now()),
    );
    clock.pass(day / 2);
    await madeRequest(scene, body);
    await look();
    t.equal((await letters(ana.email)).n, 1, 'another one on the same day');
    clock.pass(day / 2);
    await look();
    t.match(await letters(ana.email), { n: 2, text: '2 pedidos de acesso a aprovar' });
    t.match((await letters(rui.email)).text, '1 pedido de acesso a aprovar');
    clock.pass(6 * day);
    await look();
    t.equal((await letters(ana.email)).n, 2, 'nothing new');
    clock.pass(day);
    await look();
    t.equal((await letters(ana.email)).n, 3, 'told again');
    clock.pass(30 * day);
    await look();
    t.equal((await letters(ana.email)).n, 3, 'nor of what is over');
  });

  await t.test('one that is not of use any more is not written', async (t) => {
    const body = await bodyWithAuthority(scene);
    const ana = await autorizador(body.id);
    await madeRequest(scene, body);
    await look();
    await base.transaction((tx) => blockPerson(tx, ana.id, 'sob apuração', scene.now()));
    t.equal((await letters(ana.email)).n, 0);
  });

  await t.test('proposals, to the central body alone, and not to who made them', async (t) => {
    const central = await centralBody(scene);
    const body = await bodyWithAuthority(scene);
    const [ana, rui, far] = [
      await autorizador(central),
      await autorizador(central),
      await autorizador(body.id),
    ];
    await base.transaction((tx) =>
      proposeGrant(
        tx,
        { body: body.id, ends: body.grant, begins: null, reason: 'O acordo acabou.', by: ana.id },
        scene.now(),
      ),
    );
    await look();
    t.match((await letters(rui.email)).text, '1 proposta de concessão a decidir');
    t.notMatch((await letters(ana.email)).text ?? '', 'proposta');
    t.equal((await letters(far.email)).n, 0);
  });

  await t.test('a role that lapses, to who has it and to who may look at it anew', async (t) => {
    const body = await bodyWithAuthority(scene);
    const ana = await autorizador(body.id);
    const due = await withAddress(await madeDue(scene, body.id, 'agente', 152));
    await look();
    t.equal((await letters(due.email)).n, 0, 'not yet');
    clock.pass(2 * day);
    await look();
    await look();
    const first = await letters(due.email);
    t.equal(first.n, 1);
    t.match(first.text, `O seu papel de Agente no órgão ${body.short}`);
    t.match((await letters(ana.email)).text, '1 papel a recertificar');
    const health = await base.snapshot((questions) => accessHealth(questions, scene.now()));
    t.ok(health !== null && health.lapsing >= 1 && health.first !== null, 'and to who operates central');
    clock.pass(20 * day);
    await look();
    t.equal((await letters(due.email)).n, 1, 'once');
    clock.pass(3 * day);
    await look();
    t.equal((await letters(due.email)).n, 2, 'and near the end');
    clock.pass(10 * day);
    await look();
    t.equal((await letters(due.email)).n, 2, 'and no more');
  });
}
