import type { Test } from 'tap';
import { blockPerson } from '../../../central/base/access-layer/people.ts';
import { rolesOf } from '../../../central/base/access-layer/roles.ts';
import { query } from '../../support/bases.ts';
import { audited, browserOf, type ConsoleScene } from '../scene.ts';
import { madeMember, statusesOf } from '../second-factor/people.ts';
import { bodyWithAuthority, centralAutorizador, letterTo, madeRequest, withEmail } from './people.ts';

const como = 'Liguei para o ramal que já tinha e reconheci a voz.';

/** Whoever forgot their password is sent another by an Autorizador, who never sees it. */
export async function forgotten(t: Test, scene: ConsoleScene): Promise<void> {
  const [ana, rui] = [(await centralAutorizador(scene)).browser, (await centralAutorizador(scene)).browser];
  const hash = async (person: string) =>
    (
      await query<{ resumo: string }>(scene.base, 'SELECT resumo FROM acesso.senha WHERE pessoa = $1', [
        person,
      ])
    )[0];

  await t.test('it goes to the address of the account, and ends the sessions', async (t) => {
    const { id, name, email, role } = await withEmail(scene);
    const own = await browserOf(scene, id);
    t.equal((await own.get('/conta')).status, 200);
    const page = (await ana.get(`/papeis/${role}`)).text;
    t.match(page, `${email[0]}***@dpe.exemplo`);
    t.notMatch(page, email);
    t.equal((await ana.post(`/papeis/${role}/senha`, { como: 'sim' })).status, 422);
    t.match(await hash(id), { resumo: 'of none' });
    t.equal((await ana.post(`/papeis/${role}/senha`, { como })).location, `/papeis/${role}?feito=senha`);
    t.match((await audited(scene, 1))[0], {
      ...{ event: 'password-reset-asked', account: id, terms: { reason: como } },
    });
    t.match(await letterTo(scene, email), /\n(?:[a-z2-9]{4}-){3}[a-z2-9]{4}\n/);
    t.notMatch(await hash(id), { resumo: 'of none' });
    t.not((await own.get('/conta')).status, 200, name);
  });

  await t.test('one a day, whoever asks; two at once are one', async (t) => {
    const { role, email } = await withEmail(scene);
    const sent = await Promise.all([ana, rui].map((one) => one.post(`/papeis/${role}/senha`, { como })));
    t.same(statusesOf(sent), [303, 409]);
    await letterTo(scene, email);
    const again = await rui.post(`/papeis/${role}/senha`, { como });
    t.equal(again.status, 409);
    t.match(again.text, 'Outra pode ser pedida a partir de');
    t.notMatch(again.text, 'name="como"');
  });

  await t.test('nobody is sent one who is blocked or has no address', async (t) => {
    const { id, role } = await withEmail(scene);
    await scene.base.transaction((tx) => blockPerson(tx, id, 'sob apuração', scene.now()));
    const blocked = await ana.post(`/papeis/${role}/senha`, { como });
    t.equal(blocked.status, 409);
    t.match(blocked.text, 'A conta está bloqueada');
    const bare = await madeMember(scene, ['agente']);
    const [held] = await scene.base.snapshot((questions) => rolesOf(questions, bare.id));
    t.match((await ana.get(`/papeis/${held?.id}`)).text, 'access password');
    t.equal((await ana.post(`/papeis/${held?.id}/senha`, { como })).status, 409);
  });

  await t.test(
    'nobody gets a first one so: who enters by Login Único alone has forgotten none',
    async (t) => {
      const { id, role } = await withEmail(scene);
      await scene.base.transaction((tx) => tx.query('DELETE FROM acesso.senha WHERE pessoa = $1', [id]));
      t.match((await ana.get(`/papeis/${role}`)).text, 'A conta não tem senha');
      t.equal((await ana.post(`/papeis/${role}/senha`, { como })).status, 409);
      t.equal(await hash(id), undefined);
    },
  );

  for (const [what, sql] of [
    ['blocked', 'UPDATE acesso.pessoa SET bloqueada = $2 WHERE cpf = $1'],
    [
      'out of the role',
      'UPDATE acesso.papel SET encerrado = $2 WHERE pessoa = (SELECT id FROM acesso.pessoa WHERE cpf = $1)',
    ],
  ] as const) {
    await t.test(`nor is a first one, or a word of it, sent to who was ${what} meanwhile`, async (t) => {
      const { id, cpf, email } = await madeRequest(scene, await bodyWithAuthority(scene));
      t.equal((await ana.post(`/pedidos/${id}`, { decisao: 'aprovo', ate: '30/06/2026' })).status, 303);
      await scene.base.transaction((tx) => tx.query(sql, [cpf, scene.now()]));
      t.equal(await letterTo(scene, email), null);
    });
  }

  await t.test('nothing is set of who was blocked after it was asked for', async (t) => {
    const { id, role, email } = await withEmail(scene);
    t.equal((await ana.post(`/papeis/${role}/senha`, { como })).status, 303);
    await scene.base.transaction((tx) => blockPerson(tx, id, 'sob apuração', scene.now()));
    t.equal(await letterTo(scene, email), null);
    t.match(await hash(id), { resumo: 'of none' });
  });
}
