import type { Test } from 'tap';
import { proposalDays } from '../../../central/base/access-layer/grant-proposals.ts';
import { most } from '../../../central/base/access-layer/most.ts';
import { endRole } from '../../../central/base/access-layer/roles.ts';
import { query } from '../../support/bases.ts';
import { browserOf, type ConsoleScene } from '../scene.ts';
import { statusesOf } from '../second-factor/people.ts';
import { atGrants, grantForm, proposalsIn, reason } from './people.ts';

const day = 24 * 60 * 60_000;
const confirm = { resposta: 'confirmar', parecer: reason };
const refuse = { resposta: 'recusar', parecer: reason };

/** What a body may see is changed by two. */
export async function grants(t: Test, scene: ConsoleScene): Promise<void> {
  const grantsIn = (body: string) =>
    query<{ id: string; agreement: string; views: string[]; isOpen: boolean; begins: Date }>(
      scene.base,
      `SELECT id, acordo AS agreement, visoes AS views, encerrada IS NULL AS "isOpen", desde AS begins
         FROM acesso.concessao WHERE orgao = $1 ORDER BY criada, acordo`,
      [body],
    );

  await t.test('a new one: nobody confirms their own, and before that nothing changes', async (t) => {
    const { body, at, one, other, proposed } = await atGrants(scene);
    const before = await grantsIn(body.id);
    const path = await proposed();
    t.match((await one.browser.get(path)).text, 'Quem propõe não confirma');
    t.notMatch((await one.browser.get(path)).text, 'name="resposta"');
    const own = await one.browser.post(path, confirm);
    t.equal(own.status, 403);
    t.strictSame(await grantsIn(body.id), before, 'nothing changed');
    t.match((await other.browser.get(path)).text, 'name="resposta"');
    t.equal((await other.browser.post(path, { resposta: '', parecer: '' })).status, 422);
    t.strictSame(await grantsIn(body.id), before);
    const answers = await Promise.all([other.browser.post(path, confirm), other.browser.post(path, refuse)]);
    t.strictSame(statusesOf(answers), [303, 409], 'it is decided once');
    const [proposal] = await proposalsIn(scene, body.id);
    const after = await grantsIn(body.id);
    t.equal(after.length, before.length + (proposal?.isAccepted === true ? 1 : 0));
    t.equal((await other.browser.post(path, confirm)).status, 409);
    t.equal((await grantsIn(body.id)).length, after.length);
    t.match((await one.browser.get(`${at}/concessoes`)).text, other.name);
  });

  await t.test('it begins once it is confirmed, with what it says', async (t) => {
    const { body, other, proposed } = await atGrants(scene);
    t.equal((await other.browser.post(await proposed(), confirm)).status, 303);
    const begun = (await grantsIn(body.id)).find(({ agreement }) => agreement === 'ACT 7/2026');
    t.match(begun, { views: ['custodiado', 'custodia'], isOpen: true });
    t.equal(begun?.begins.getTime(), scene.now().getTime(), 'not before');
    const later = await proposed({ acordo: 'ACT 8/2026', desde: '01/01/2080' });
    await other.browser.post(later, confirm);
    const future = (await grantsIn(body.id)).find(({ agreement }) => agreement === 'ACT 8/2026');
    t.ok(future !== undefined && future.begins > scene.now(), 'or later, where it says so');
  });

  await t.test('another in its place, and an end: what is said ends, and nothing else', async (t) => {
    const { body, at, one, other, proposed } = await atGrants(scene);
    await other.browser.post(await proposed(), confirm);
    const path = await proposed({ acordo: 'ACT 9/2026', substitui: body.grant });
    t.ok((await grantsIn(body.id)).every(({ isOpen }) => isOpen));
    t.match((await other.browser.get(path)).text, 'ACT 1/2026');
    t.equal((await other.browser.post(path, confirm)).status, 303);
    const stands = async () =>
      (await grantsIn(body.id)).filter(({ isOpen }) => isOpen).map(({ agreement }) => agreement);
    t.strictSame(await stands(), ['ACT 7/2026', 'ACT 9/2026']);
    const gone = await one.browser.post(`${at}/concessoes`, { ...grantForm, substitui: body.grant });
    t.equal(gone.status, 409, 'it has ended');

    const [nine] = (await grantsIn(body.id)).filter(({ agreement }) => agreement === 'ACT 9/2026');
    const ends = () => one.browser.post(`${at}/concessoes/${nine?.id}/encerrar`, { motivo: reason });
    scene.clock.pass(1000);
    const noReason = await one.browser.post(`${at}/concessoes/${nine?.id}/encerrar`, { motivo: '' });
    t.equal(noReason.status, 422);
    t.equal((await ends()).status, 303);
    const twice = await ends();
    t.match(twice, { status: 422, text: 'Já há uma proposta igual' });
    const path10 = await proposed({ acordo: 'ACT 10/2026', substitui: nine?.id ?? '' });
    t.match(
      await one.browser.post(`${at}/concessoes`, {
        ...grantForm,
        ...{ acordo: 'ACT 10/2026', substitui: nine?.id ?? '', motivo: `${reason} De novo.` },
      }),
      { status: 422, text: 'Já há uma proposta igual' },
      'whatever is said of it',
    );
    const [first, second] = (await proposalsIn(scene, body.id)).slice(-2);
    t.match(path10, second?.id);
    t.equal((await stands()).length, 2);
    t.equal((await other.browser.post(`${at}/propostas/${first?.id}`, confirm)).status, 303);
    t.strictSame(await stands(), ['ACT 7/2026']);
    const ended = await other.browser.post(`${at}/propostas/${second?.id}`, confirm);
    t.equal(ended.status, 409);
    t.match(ended.text, 'já foi encerrado');
    t.equal((await other.browser.post(`${at}/propostas/${second?.id}`, refuse)).status, 303);
    t.strictSame(await stands(), ['ACT 7/2026']);
  });

  await t.test('who proposed it takes it back, as long as nobody has decided', async (t) => {
    const { body, at, one, other, proposed } = await atGrants(scene);
    const before = await grantsIn(body.id);
    const path = await proposed();
    t.match((await one.browser.get(path)).text, 'Retirar a minha proposta');
    t.notMatch((await other.browser.get(path)).text, 'Retirar a minha proposta');
    t.equal((await other.browser.post(`${path}/retirar`, {})).status, 409, 'nobody else does');
    t.equal((await one.browser.post(`${path}/retirar`, {})).location, path);
    t.equal((await one.browser.post(`${path}/retirar`, {})).status, 409, 'once');
    t.match((await one.browser.get(path)).text, 'retirada por quem propôs');
    t.notMatch((await other.browser.get(path)).text, 'name="resposta"');
    t.equal((await other.browser.post(path, confirm)).status, 409);
    t.strictSame(await grantsIn(body.id), before);
    t.match((await one.browser.get(`${at}/concessoes`)).text, 'retirada por quem propôs');

    const next = await proposed({ acordo: 'ACT 11/2026' });
    const both = [one.browser.post(`${next}/retirar`, {}), other.browser.post(next, confirm)];
    t.strictSame(statusesOf(await Promise.all(both)), [303, 409], 'of two at once one');
  });

  await t.test('whoever proposes without end keeps nobody else from it', async (t) => {
    const { body, at, one, other, proposed } = await atGrants(scene);
    await query(
      scene.base,
      `INSERT INTO acesso.concessao_proposta (id, orgao, encerra, motivo, proposta, proposta_por, prazo)
       SELECT gen_random_uuid(), $1, $2, 'x', $3, $4, $3::timestamptz + interval '1 day' FROM generate_series(1, $5)`,
      [body.id, body.grant, scene.now(), one.id, most.grantProposals.value],
    );
    const more = await one.browser.post(`${at}/concessoes`, grantForm);
    t.match(more, { status: 422, text: 'propostas demais' });
    t.equal((await other.browser.post(`${at}/concessoes`, grantForm)).status, 303);
    await t.rejects(proposed());
  });

  await t.test(`it lapses after ${proposalDays} days`, async (t) => {
    const { body, at, other, proposed } = await atGrants(scene);
    const path = await proposed();
    const before = await grantsIn(body.id);
    scene.clock.pass(proposalDays * day);
    const browser = await browserOf(scene, other.id);
    const lapsed = await browser.post(path, confirm);
    t.equal(lapsed.status, 409);
    t.match(lapsed.text, 'O prazo da proposta');
    t.strictSame(await grantsIn(body.id), before);
    t.match((await browser.get(`${at}/concessoes`)).text, 'sem decisão');
    const second = await atGrants(scene);
    const inTime = await second.proposed();
    scene.clock.pass(proposalDays * day - 1);
    t.equal(
      (await (await browserOf(scene, second.other.id)).post(inTime, confirm)).status,
      303,
      'until then',
    );
  });

  await t.test('of somebody who may do so no more it is not confirmed', async (t) => {
    const { body, one, other, proposed } = await atGrants(scene);
    const path = await proposed();
    const before = await grantsIn(body.id);
    const [role] = await query<{ id: string }>(scene.base, 'SELECT id FROM acesso.papel WHERE pessoa = $1', [
      one.id,
    ]);
    await scene.base.transaction((tx) => endRole(tx, role?.id ?? '', null, scene.now()));
    const answer = await other.browser.post(path, confirm);
    t.equal(answer.status, 409);
    t.match(answer.text, 'Quem propôs já não é');
    t.strictSame(await grantsIn(body.id), before);
    t.equal((await other.browser.post(path, refuse)).status, 303);
  });

  await t.test('nor of somebody whose role was not recertified in time', async (t) => {
    const { one, other, proposed } = await atGrants(scene);
    const path = await proposed();
    const sql = `UPDATE acesso.papel SET desde = $2::timestamptz - interval '184 days' WHERE pessoa = $1`;
    await query(scene.base, sql, [one.id, scene.now()]);
    t.match((await other.browser.post(path, confirm)).text, 'Quem propôs já não é');
  });

  await t.test('what it would name to no effect is said', async (t) => {
    const { body, at, one } = await atGrants(scene);
    const wrong: readonly [Readonly<Record<string, string>>, RegExp][] = [
      [{ acordo: ' ' }, /Escreva o número do acordo/],
      [{ 'visao-custodiado': '', 'visao-custodia': '' }, /ao menos uma visão/],
      [{ ocultos: 'custodiado.nada' }, /Campo .*custodiado\.nada/],
      [{ ufs: 'Alagoas' }, /siglas como AL/],
      [{ 'cota-pessoa': '0' }, /número de 1 a 1000000/],
      [{ ate: '31/02/2090' }, /Escreva o dia/],
      [{ ate: '01/01/2021' }, /Este dia já passou/],
      [{ desde: '01/01/2091' }, /O fim vem antes do início/],
      [{ desde: '01/01/2080', substitui: body.grant }, /começa quando for confirmada/],
      [{ motivo: 'sim' }, /Explique em uma frase/],
    ];
    for (const [typed, words] of wrong) {
      const answer = await one.browser.post(`${at}/concessoes`, { ...grantForm, ...typed });
      t.equal(answer.status, 422, words.source);
      t.match(answer.text, words);
    }
    t.strictSame(await proposalsIn(scene, body.id), []);
  });
}
