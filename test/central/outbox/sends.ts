import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import type { Test } from 'tap';
import {
  addLetter,
  type NewLetter,
  outboxFacts,
  toldKeys,
} from '../../../central/base/access-layer/outbox.ts';
import type { Base } from '../../../central/base/base.ts';
import { smtpPost } from '../../../central/outbox/smtp.ts';
import { LetterSender } from '../../../central/service/letter-sender.ts';
import { createLogger, loggerOptions } from '../../../shared/log.ts';
import { query, type TestBases, testFolder } from '../../support/bases.ts';
import { selfSigned } from '../../support/certificate.ts';
import { HandClock } from '../../support/hand-clock.ts';
import { type MailServerOptions, mailServer } from '../../support/mail-server.ts';

const log = createLogger('silent', 'test');
const hour = 3_600_000;
const certificate = selfSigned();

export async function sceneOf(
  t: Test,
  base: Base,
  options: Partial<MailServerOptions> = {},
  user = 'guarita',
) {
  const server = await mailServer(t, { certificate, secure: true, ...options });
  const folder = testFolder(t);
  const ca = join(folder, 'ca.pem');
  writeFileSync(ca, certificate.certificate);
  const url = `smtp${options.secure === false ? '' : 's'}://localhost:${server.port}`;
  const config = { url, user, password: { env: 'SENHA' }, from: 'guarita@senappen.exemplo', ca };
  const clock = new HandClock(Date.now());
  const post = smtpPost(config, { SENHA: 'senha' });
  const sender = new LetterSender({ base, baseId: 'b', posts: { mail: post }, clock, log });
  t.teardown(() => sender.stop());
  const add = ({ key, ...letter }: Partial<NewLetter> & { readonly key: string }) =>
    base.transaction((tx) =>
      addLetter(
        tx,
        {
          ...{
            means: 'mail',
            to: 'plantao@senappen.exemplo',
            subject: 'Guarita: AL, coleta',
            text: 'Olá.\n→ Ação',
          },
          ...{ until: new Date(clock.now() + 72 * hour), ...letter },
        },
        [key],
        new Date(clock.now()),
      ),
    );
  const facts = () => base.snapshot((questions) => outboxFacts(questions, new Date(clock.now())));
  /** Lets time pass as a service has it: a look each quarter of a minute would be thousands. */
  const later = async (milliseconds: number) => {
    clock.set(clock.now() + milliseconds);
    clock.pass(15_000);
    await sender.settled();
  };
  return { server, clock, sender, add, facts, later, base };
}

const wordsOf = (raw = '') => raw.replace(/=\r?\n/g, '');

export async function sends(t: Test, bases: TestBases): Promise<void> {
  await t.test('a letter is sent once, encrypted, and its text is gone', async (t) => {
    const base = await bases.fresh(t, 'mail');
    const { server, sender, add, facts, later } = await sceneOf(t, base);
    await server.start();
    await add({ key: 'a' });
    sender.start();
    await sender.settled();
    await later(hour);
    const [letter, ...more] = server.taken;
    t.strictSame(more, []);
    t.match(letter, { to: ['plantao@senappen.exemplo'], user: 'guarita', encrypted: true });
    const raw = wordsOf(letter?.raw);
    t.match(raw, /^From: Guarita <guarita@senappen\.exemplo>/m);
    t.match(raw, /^Subject: Guarita: AL, coleta/m);
    t.match(raw, /^Message-ID: <b\.1\.\d+@senappen\.exemplo>/m);
    t.match(raw, /^Auto-Submitted: auto-generated/m);
    t.match(raw, 'Ol=C3=A1.');
    t.strictSame(await facts(), { waiting: 0, since: null, problem: null, givenUp: 0 });
    t.strictSame(await query(base, 'SELECT texto FROM correio.carta'), [{ texto: null }]);
    t.strictSame(
      [...(await base.snapshot((questions) => toldKeys(questions, ['a', 'b'])))],
      ['a'],
      'that it was is known',
    );
  });

  await t.test('a server that is down for a day holds up nothing, and then gets all', async (t) => {
    const { server, sender, add, facts, later } = await sceneOf(t, await bases.fresh(t, 'down'));
    for (const key of ['a', 'b', 'c']) await add({ key });
    sender.start();
    await sender.settled();
    for (let hours = 0; hours < 24; hours++) await later(hour);
    const waiting = await facts();
    t.match(waiting, { waiting: 3, problem: 'mail-unreachable', givenUp: 0 });
    await server.start();
    await later(hour);
    await later(hour);
    t.equal(server.taken.length, 3);
    t.match(await facts(), { waiting: 0, problem: null });
  });

  await t.test('what nobody takes is given up in its time, and its text gone', async (t) => {
    const { sender, add, facts, later, base } = await sceneOf(t, await bases.fresh(t, 'late'));
    await add({ key: 'a' });
    sender.start();
    await sender.settled();
    for (let hours = 0; hours < 74; hours++) await later(hour);
    t.match(await facts(), { waiting: 0, givenUp: 1 });
    const [left] = await query(base, 'SELECT texto, problema FROM correio.carta');
    t.strictSame(left, { texto: null, problema: 'mail-unreachable' });
  });

  await t.test('an address that is refused for good keeps none of the others', async (t) => {
    const refuses = (address: string) =>
      address.startsWith('nao') ? 550 : address.startsWith('depois') ? 451 : null;
    const { server, sender, add, facts, later, base } = await sceneOf(t, await bases.fresh(t, 'refused'), {
      refuses,
    });
    await server.start();
    await add({ key: 'a', to: 'nao@senappen.exemplo' });
    await add({ key: 'b' });
    await add({ key: 'c', to: 'depois@senappen.exemplo' });
    sender.start();
    await sender.settled();
    t.strictSame(
      server.taken.map(({ to }) => to),
      [['plantao@senappen.exemplo']],
    );
    t.match(await facts(), { waiting: 1, problem: 'mail-deferred', givenUp: 1 });
    await later(hour);
    const kept = await query(
      base,
      'SELECT problema AS p, tentativas AS n FROM correio.carta ORDER BY numero',
    );
    t.strictSame(kept, [
      { p: 'mail-refused', n: 1 },
      { p: null, n: 1 },
      { p: 'mail-deferred', n: 2 },
    ]);
  });

  await t.test(
    'who is not known, whose certificate is another one, and who would speak in clear',
    async (t) => {
      const base = await bases.fresh(t, 'wrong');
      const wrong = await sceneOf(t, base, { password: 'outra' });
      await wrong.server.start();
      await wrong.add({ key: 'a' });
      wrong.sender.start();
      await wrong.sender.settled();
      t.match(await wrong.facts(), { waiting: 1, problem: 'mail-login-refused' });
      await wrong.sender.stop();
      const forged = await sceneOf(t, base, { certificate: selfSigned() });
      await forged.server.start();
      forged.sender.start();
      await forged.later(hour);
      t.match(await forged.facts(), { waiting: 1, problem: 'mail-unreachable' });
      t.strictSame(forged.server.taken, []);
      await forged.sender.stop();
      const later = await sceneOf(t, base, { secure: false });
      await later.server.start();
      later.sender.start();
      await later.later(2 * hour);
      t.match(later.server.taken, [{ encrypted: true }], 'by STARTTLS where the server has it');
    },
  );

  await t.test('what a server says goes into no log', async (t) => {
    const { server, add, base } = await sceneOf(t, await bases.fresh(t, 'words'), {
      refuses: () => 550,
      secure: false,
      isOpen: true,
    });
    await server.start();
    await add({ key: 'a', to: 'fulano.de.tal@senappen.exemplo' });
    const lines: string[] = [];
    const config = { url: `smtp://127.0.0.1:${server.port}`, from: 'guarita@senappen.exemplo' };
    const loud = pino(loggerOptions('trace'), { write: (line: string) => void lines.push(line) });
    const post = smtpPost(config, {});
    const sender = new LetterSender({
      base,
      baseId: 'b',
      posts: { mail: post },
      clock: new HandClock(Date.now()),
      log: loud,
    });
    sender.start();
    await sender.settled();
    await sender.stop();
    t.equal(lines.length, 1);
    t.notMatch(lines.join(), /fulano|no such box/);
  });
}
