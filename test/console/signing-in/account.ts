import { randomUUID } from 'node:crypto';
import type { Test } from 'tap';
import { giveRole } from '../../../central/base/access-layer/roles.ts';
import { browserName } from '../../../central/console/account/browser-name.ts';
import { audited, browserOf, type ConsoleScene, madeBody, madePerson } from '../scene.ts';
import { Visitor } from '../visitor.ts';
import { madeAccount, password } from './made.ts';

const chrome =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36';

/** One's own account, and the body to work in. */
export async function account(t: Test, scene: ConsoleScene): Promise<void> {
  await t.test('who somebody is, what they may and until when, where they are signed in', async (t) => {
    const made = await madeAccount(scene, ['agente', 'estatistico']);
    const [here, there] = [
      new Visitor(scene),
      new Visitor(scene, { agent: chrome, address: '198.51.100.9' }),
    ];
    await here.enter(made.cpf, password);
    await there.enter(made.cpf, password);
    const { text } = await here.get('/conta');
    t.match(text, made.name);
    t.match(text, made.cpf.replace(/(...)(...)(...)(..)/, '$1.$2.$3-$4'));
    t.match(text, /Agente<.*>ORG-[0-9a-f]{8}<.*>até \d\d\/\d\d\/\d{4}/s);
    t.match(text, 'href="/senha"');
    t.match(text, 'href="/segundo-fator/meus"');
    t.match(
      text,
      /Firefox, Windows, de 203\.0\.113\.7, com senha\.[^<]*<strong>|Firefox, Windows.*<strong>Esta em que você está/,
    );
    t.match(text, 'Chrome, Linux, de 198.51.100.9');
    t.notMatch(text, made.id);
  });

  await t.test('ends one or all others, by showing the password once more (ASVS 7.5.2)', async (t) => {
    const { cpf, id } = await madeAccount(scene);
    const visitors = [new Visitor(scene), new Visitor(scene), new Visitor(scene)] as const;
    for (const visitor of visitors) await visitor.enter(cpf, password);
    const [here, second, third] = visitors;
    const statuses = () => Promise.all(visitors.map(async (one) => (await one.get('/')).status));

    const refused = await here.fill('/conta', { senha: 'não é esta, de certo' }, '/conta/encerrar');
    t.equal(refused.status, 422);
    t.match(refused.text, 'Não é a sua senha');
    t.strictSame(await statuses(), [200, 200, 200]);

    const sessions = await scene.base.snapshot((questions) =>
      questions.query<{ id: string }>('SELECT id FROM acesso.sessao WHERE pessoa = $1 ORDER BY criada, id', [
        id,
      ]),
    );
    t.equal(sessions.length, 3);
    const page = await second.get('/conta');
    const own = sessions.find((one) => !page.text.includes(`value="${one.id}"`));
    const others = sessions.filter((one) => one !== own);
    t.equal(others.length, 2, 'the one in use is not among those to end');
    const ended = await second.send(page, '/conta/encerrar', {
      sessao: others[0]?.id ?? '',
      senha: password,
    });
    t.equal(ended.location, '/conta?feito=encerradas');
    t.equal((await statuses()).filter((status) => status === 200).length, 2);
    t.match(
      (await audited(scene)).findLast(({ event }) => event === 'sessions-ended'),
      { sessionsEnded: 1, person: id },
    );

    await second.fill('/conta', { sessao: 'outras', senha: password }, '/conta/encerrar').catch(() => null);
    t.equal((await second.get('/')).status, 200);
    t.equal((await statuses()).filter((status) => status === 200).length, 1);
    t.notMatch((await second.get('/conta')).text, 'Encerrar sessões', 'there is no other one left');
    t.ok(third.session);
  });

  await t.test("somebody else's session is not one's own to end, nor is what is none", async (t) => {
    const [one, other] = [await madeAccount(scene), await madeAccount(scene)];
    const [mine, again, theirs] = [new Visitor(scene), new Visitor(scene), new Visitor(scene)];
    await mine.enter(one.cpf, password);
    await again.enter(one.cpf, password);
    await theirs.enter(other.cpf, password);
    const [found] = await scene.base.snapshot((questions) =>
      questions.query<{ id: string }>('SELECT id FROM acesso.sessao WHERE pessoa = $1', [other.id]),
    );
    await mine.fill('/conta', { sessao: found?.id ?? '', senha: password }, '/conta/encerrar');
    t.equal((await theirs.get('/')).status, 200);
    for (const none of ['', 'x', "' OR true --", '*']) {
      t.equal(
        (await mine.fill('/conta', { sessao: none, senha: password }, '/conta/encerrar')).status,
        400,
        none,
      );
    }
  });

  await t.test('who entered without a password confirms by having entered just now', async (t) => {
    const body = await madeBody(scene);
    const { id } = await madePerson(scene, body.id, ['agente']);
    const [here, there] = [await browserOf(scene, id), await browserOf(scene, id)];
    const end = () => here.post('/conta/encerrar', { sessao: 'outras' });
    scene.clock.pass(10 * 60_000);
    await there.get('/');
    const late = await end();
    t.equal(late.status, 422);
    t.match(late.text, 'Saia, entre de novo');
    t.equal((await there.get('/')).status, 200);
    const fresh = await browserOf(scene, id);
    t.equal((await fresh.post('/conta/encerrar', { sessao: 'outras' })).status, 303);
    t.equal((await there.get('/')).status, 401);
    t.match((await fresh.get('/senha')).text, 'não tem senha aqui');
    t.match((await fresh.post('/senha', { nova: 'dois tamanduás dormem' })).text, 'não tem senha aqui');
  });

  await t.test(
    'the body to work in, for who has several; who has none is told, and may leave (ASVS 7.4.4)',
    async (t) => {
      const made = await madeAccount(scene);
      const [second, foreign] = [await madeBody(scene), await madeBody(scene)];
      await scene.base.transaction((tx) =>
        giveRole(tx, {
          ...{ id: randomUUID(), person: made.id, body: second.id, role: 'estatistico', givenBy: null },
          ...{ from: scene.now(), until: new Date(scene.now().getTime() + 86_400_000) },
        }),
      );
      const visitor = new Visitor(scene);
      await visitor.enter(made.cpf, password);
      t.equal((await visitor.get('/')).location, '/orgao');
      const page = await visitor.get('/orgao');
      t.match(page.text, `Trabalhar em ${made.body.short}`);
      const chosen = await visitor.send(page, '/orgao', { orgao: second.id });
      t.equal(chosen.location, '/');
      t.match((await visitor.get('/')).text, second.short);
      t.match(
        (await audited(scene)).findLast(({ event }) => event === 'body-chosen'),
        { chosen: second.id },
      );
      for (const none of [foreign.id, 'x', '']) {
        const refused = await visitor.send(page, '/orgao', { orgao: none });
        t.equal(refused.status, 403, none);
        t.match((await visitor.get('/')).text, second.short, 'it stays as it was');
      }

      const homeless = await browserOf(scene, (await madePerson(scene, null, [])).id);
      const nowhere = await homeless.get('/orgao');
      t.match(nowhere.text, 'não tem papel em nenhum órgão');
      t.match(nowhere.text, 'action="/sair"');
      const home = await homeless.get('/');
      t.match(home.text, 'href="/orgao"', 'the first page leads on');
      t.match(home.text, 'action="/sair"', 'and out');
      t.match((await homeless.get('/conta')).text, 'Você não tem papel');
    },
  );

  await t.test('a browser by the name that people know it by', async (t) => {
    const names: readonly [string, string][] = [
      [chrome, 'Chrome, Linux'],
      [
        'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/156.0 Safari/537.36 Edg/156.0',
        'Edge, Windows',
      ],
      [
        'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19 Mobile Safari/604',
        'Safari, iOS',
      ],
      [
        'Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/156.0 Mobile Safari/537.36',
        'Chrome, Android',
      ],
      ['curl/8', 'Navegador desconhecido'],
      ['', 'Navegador desconhecido'],
    ];
    for (const [agent, name] of names) t.equal(browserName(agent), name);
  });
}
