import type { Test } from 'tap';
import { askLetter, type LetterKind } from '../../../central/base/access-layer/asked-letters.ts';
import { addHelpRequest } from '../../../central/base/access-layer/help-requests.ts';
import { addPerson } from '../../../central/base/access-layer/people.ts';
import { isPassword } from '../../../central/console/access/passwords.ts';
import { LetterWriter } from '../../../central/service/letter-writer.ts';
import { createLogger } from '../../../shared/log.ts';
import { query, type TestBases } from '../../support/bases.ts';
import { HandClock } from '../../support/hand-clock.ts';

const log = createLogger('silent', 'test');
const help = 'ajuda@senappen.exemplo';
const origin = 'https://console.senappen.exemplo';
const [ana, rui, nobody] = [1, 2, 15].map(
  (last) => `0d2f1f0e-0000-4000-8000-${last.toString(16).padStart(12, '0')}`,
) as [string, string, string];

/** Letters that pages ask for, as central writes them into the outbox. */
export async function asked(t: Test, bases: TestBases): Promise<void> {
  const base = await bases.fresh(t, 'asked');
  const clock = new HandClock(Date.parse('2026-11-30T12:00:00Z'));
  const now = () => new Date(clock.now());
  let added = 0;
  const writer = new LetterWriter({ base, origin, help, clock, log, onAdded: () => added++ });
  t.teardown(() => writer.stop());
  await base.transaction(async (tx) => {
    await addPerson(tx, { id: ana, cpf: '52998224725', name: 'Ana', email: 'ana@senappen.exemplo' }, now());
    await addPerson(tx, { id: rui, cpf: '11144477735', name: 'Rui', email: null }, now());
  });
  const ask = (kind: LetterKind, about: string) =>
    base.transaction((tx) => askLetter(tx, kind, about, now()));
  const turn = async () => {
    clock.pass(5000);
    await writer.settled();
  };
  const open = () =>
    query(
      base,
      'SELECT count(*)::int AS n FROM acesso.carta_pedida WHERE escrita IS NULL AND desistida IS NULL',
    );

  await t.test('each is written once, however often it was asked for', async (t) => {
    await ask('password-changed', ana);
    await ask('password-changed', ana);
    writer.start();
    await writer.settled();
    t.strictSame(await query(base, 'SELECT meio, para, assunto FROM correio.carta'), [
      { meio: 'correio', para: 'ana@senappen.exemplo', assunto: 'Guarita: a sua senha mudou' },
    ]);
    t.equal(added, 1, 'whoever sends is told');
    await turn();
    t.strictSame(await query(base, 'SELECT count(*)::int AS n FROM correio.carta'), [{ n: 1 }]);
    await ask('password-changed', ana);
    await turn();
    t.strictSame(await query(base, 'SELECT count(*)::int AS n FROM correio.carta'), [{ n: 2 }], 'and anew');
  });

  await t.test(
    'of somebody who is stuck: to whoever answers, with nothing that stands for another line',
    async (t) => {
      const id = '0d2f1f0e-0000-4000-8000-00000000aaaa';
      const about = { id, protocol: '2026-ABCD-EFGH', person: null, body: null, page: '/entrar' };
      const words = 'Não entro.\nA tela fica\u202e branca.';
      await base.transaction(async (tx) => {
        await addHelpRequest(tx, { ...about, words, email: 'caio@dpe.al.exemplo' }, now());
        await askLetter(tx, 'help-asked', id, now());
      });
      await turn();
      const [letter] = await query<{ to: string; text: string }>(
        base,
        `SELECT para AS to, texto AS text FROM correio.carta WHERE assunto LIKE '%2026-ABCD-EFGH'`,
      );
      t.equal(letter?.to, help);
      t.match(letter?.text, /caio@dpe\.al\.exemplo[^]*\/entrar[^]*Não entro\.\nA tela fica/);
      t.notMatch(letter?.text, /\p{Cf}/u);
      await query(base, `DELETE FROM correio.carta WHERE assunto LIKE '%2026-ABCD-EFGH'`);
    },
  );

  await t.test('nobody to write to, or nobody of that id: nothing is written', async (t) => {
    await ask('factors-removed', rui);
    await ask('factor-added', nobody);
    await turn();
    t.strictSame(await query(base, 'SELECT count(*)::int AS n FROM correio.carta'), [{ n: 2 }]);
    t.strictSame(await open(), [{ n: 0 }]);
  });

  await t.test('one that is not known here holds up no other, and is given up after a day', async (t) => {
    await ask('unknown' as LetterKind, ana);
    await ask('factor-added', ana);
    await turn();
    t.strictSame(await query(base, 'SELECT count(*)::int AS n FROM correio.carta'), [{ n: 3 }]);
    t.strictSame(await open(), [{ n: 1 }]);
    clock.set(clock.now() + 25 * 3_600_000);
    await turn();
    t.strictSame(await open(), [{ n: 0 }]);
  });

  await t.test('a password for who forgot theirs holds from its letter on, for a day', async (t) => {
    await ask('password-reset', ana);
    await ask('password-reset', rui);
    await turn();
    const [letter] = await query<{ to: string; text: string }>(
      base,
      `SELECT para AS to, texto AS text FROM correio.carta WHERE assunto = 'Guarita: a sua senha provisória'`,
    );
    t.equal(letter?.to, 'ana@senappen.exemplo');
    const [, password = ''] = /^([a-z2-9-]{19})$/m.exec(letter?.text ?? '') ?? [];
    const set = await query<{ pessoa: string; resumo: string; ate: Date }>(
      base,
      'SELECT pessoa, resumo, provisoria_ate AS ate FROM acesso.senha',
    );
    t.match(set, [{ pessoa: ana }], 'and nothing of who has no address');
    t.ok(await isPassword(password, set[0]?.resumo ?? null));
    t.equal(Number(set[0]?.ate), clock.now() + 24 * 3_600_000);
  });
}
