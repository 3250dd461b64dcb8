import type { Test } from 'tap';
import { appendAudit } from '../../../central/base/access-layer/audit.ts';
import { type AuditFilter, searchAudit } from '../../../central/base/access-layer/audit-search.ts';
import type { Questions } from '../../../central/base/base.ts';
import { lookingRoles } from '../../../central/console/access/roles.ts';
import { html } from '../../../central/console/html/html.ts';
import { route } from '../../../central/console/route.ts';
import { routes } from '../../../central/console/routes.ts';
import { problemOf } from '../../../shared/problems/catalogue.ts';
import type { TestBases } from '../../support/bases.ts';
import { audited, browserOf, consoleScene, madeBody, madeCase, madePerson, type Shown } from '../scene.ts';
import { auditScene } from './audit-scene.ts';

const register = '00000000-0000-4000-8000-00000000000a';

const looking = route({
  ...{ method: 'GET', path: '/t/pessoa', who: 'case', views: ['custodiado'], showsPeople: true },
  roles: lookingRoles,
  answer: async () => ({
    ...{ title: 'Pessoa', main: html`<h1>Pessoa</h1>` },
    look: { terms: { words: 'MARIA <b>' }, found: 3, shown: [register] },
  }),
});

const numbersIn = ({ text }: Shown) =>
  [...text.matchAll(/href="\/auditoria\/(\d+)"/g)].map(([, id]) => Number(id));

export async function auditPages(t: Test, bases: TestBases): Promise<void> {
  const own = await auditScene(t, bases, 'pages');
  const scene = await consoleScene(t, own.base, [...routes, looking]);
  scene.clock.set(Date.parse('2026-05-29T12:00:00Z'));
  const body = await madeBody(scene);
  const auditor = await madePerson(scene, body.id, ['auditor']);
  const agent = await madePerson(scene, body.id, ['agente']);
  const other = await madePerson(scene, body.id, ['agente']);
  const watching = await browserOf(scene, auditor.id);
  const browser = await browserOf(scene, agent.id);
  const colleague = await browserOf(scene, other.id);
  const last = async () => (await audited(scene, 1)).at(-1);

  const onCase = await madeCase(scene, browser.session);
  await browser.get(`/caso/${onCase}/t/pessoa`);
  await colleague.get('/auditoria');

  await t.test('only an auditor sees what others looked at', async (t) => {
    for (const path of ['/auditoria', '/auditoria/1', '/auditoria/cadeia']) {
      const { status, text } = await browser.get(path);
      t.equal(status, 403);
      t.notMatch(text, 'MARIA');
    }
  });

  await t.test('the list, by all that it can be asked for; each look is in it as well', async (t) => {
    const all = await watching.get('/auditoria');
    t.equal(all.status, 200);
    for (const text of [agent.name, body.short, '29/05/2026', 'Execução penal', '3 achados, 1 mostrado']) {
      t.match(all.text, text);
    }
    t.notMatch(all.text, 'MARIA', 'what was asked for is on the page of its entry');
    t.match(await last(), { event: 'audit-searched', person: auditor.id, found: 5, terms: { records: [] } });
    const find = async (form: Record<string, string>) => {
      const { status, location } = await watching.post('/auditoria', form);
      t.equal(status, 303);
      t.notMatch(location ?? '', agent.cpf, 'the address names nobody');
      const shown = await watching.get(location ?? '');
      return { shown, numbers: numbersIn(shown) };
    };
    const cpf = `${agent.cpf.slice(0, 3)}.${agent.cpf.slice(3, 6)}.${agent.cpf.slice(6, 9)}-${agent.cpf.slice(9)}`;
    const byPerson = await find({ cpf });
    t.strictSame(byPerson.numbers, [5, 4, 3, 1]);
    t.match(await last(), { terms: { person: agent.id } });
    t.match(byPerson.shown.text, agent.cpf, 'the form says again what was asked for');
    t.strictSame((await find({ registro: register })).numbers, [1]);
    t.strictSame((await find({ cpf, finalidade: 'execucao-penal' })).numbers, [1]);
    t.ok((await find({ orgao: ` ${body.short} ` })).numbers.includes(1));
    t.strictSame((await find({ evento: 'audit-searched', dia: '29/05/2026' })).numbers.at(-1), 6);
    t.strictSame((await find({ dia: '2026-05-28' })).numbers, []);
    t.strictSame((await find({ dia: '30/5/2026' })).numbers, []);
    t.strictSame(numbersIn(await watching.get("/auditoria?pessoa=x'%3B--&registro=%22")), []);
  });

  await t.test('what was mistyped comes back with what to do', async (t) => {
    for (const [form, text] of [
      [{ dia: '31/02/2026' }, 'Escreva o dia como'],
      [{ cpf: '000' }, 'Ninguém tem conta com esse CPF'],
      [{ orgao: 'NENHUM' }, 'Não há órgão com essa sigla'],
    ] as const) {
      const { status, text: page } = await watching.post('/auditoria', form);
      t.equal(status, 422);
      t.match(page, text);
      t.match(page, `value="${Object.values(form)[0]}"`);
    }
  });

  await t.test('an entry, with what was asked for; as text, and told when it was exchanged', async (t) => {
    const { status, text } = await watching.get('/auditoria/1');
    t.equal(status, 200);
    t.match(text, 'MARIA &lt;b&gt;');
    t.match(text, register);
    t.match(text, '0001234-56.2026.8.02.0001');
    t.match(await last(), { event: 'audit-entry-opened', terms: { entry: 1 } });
    t.equal((await watching.get('/auditoria/99999')).status, 404);
    await own.tamper(`UPDATE acesso.auditoria SET termos = '{"words":"OUTRA"}' WHERE numero = 2`);
    await own.tamper(`UPDATE acesso.auditoria SET sal = 'x' WHERE numero = 2`);
    t.match((await watching.get('/auditoria/2')).text, 'Não é o que foi escrito');
    await own.tamper('UPDATE acesso.auditoria SET sal = NULL, termos = NULL WHERE numero = 2');
  });

  await t.test('the chain, as far as it can be told here', async (t) => {
    await own.sign();
    const sound = await watching.get('/auditoria/cadeia');
    t.match(sound.text, 'A cadeia está inteira');
    t.match(await last(), { event: 'audit-verified', faults: 0 });
    await own.tamper(`UPDATE acesso.auditoria SET corpo = replace(corpo, 'GET', 'POST') WHERE numero = 1`);
    const broken = await watching.get('/auditoria/cadeia?desde=inicio');
    t.match(broken.text, /não é a que foi registrada[\s\S]*registro 1 .*foi alterado/);
    await own.tamper(`UPDATE acesso.auditoria SET corpo = replace(corpo, 'POST', 'GET') WHERE numero = 1`);
  });

  await t.test('everybody sees what they looked at themselves, by day, and nobody else', async (t) => {
    const mine = await browser.get('/conta/consultas');
    t.equal(mine.status, 200);
    t.match(mine.text, 'palavras: MARIA &lt;b&gt;; referência: 0001234-56.2026.8.02.0001');
    t.match(await last(), { event: 'own-looks-listed', person: agent.id, found: 4 });
    t.match((await browser.get('/conta/consultas?dia=28%2F05%2F2026')).text, 'Nada ficou registrado');
    t.match((await browser.get('/conta/consultas?dia=29%2F05%2F2026')).text, 'MARIA');
    t.equal((await browser.get('/conta/consultas?dia=x')).status, 422);
    const theirs = await colleague.get(`/conta/consultas?pessoa=${agent.id}`);
    t.notMatch(theirs.text, 'MARIA');
    t.match(theirs.text, problemOf('role-lacking').pt.title.replace(/\.$/, ''));
    t.notMatch(theirs.text, 'role-lacking');
  });

  await t.test('many are read page by page, none twice and none left out', async (t) => {
    await own.base.transaction(async (tx) => {
      for (let at = 0; at < 120; at++) {
        const entry = {
          kind: 'request',
          body: { person: other.id, event: 'many', at },
          terms: null,
        } as const;
        await appendAudit(tx, entry, scene.now());
      }
    });
    const seen: number[] = [];
    let path: string | undefined = '/auditoria?evento=many';
    let turns = 0;
    while (path !== undefined) {
      const shown: Shown = await watching.get(path);
      seen.push(...numbersIn(shown));
      const next = [...shown.text.matchAll(/href="(\/auditoria\?[^"]*antes=[^"]*)"/g)].at(-1)?.[1];
      path = next?.replaceAll('&amp;', '&');
      turns++;
    }
    t.equal(turns, 3);
    t.equal(seen.length, 120);
    t.strictSame(
      seen,
      seen.toSorted((a, b) => b - a),
    );
    t.equal(new Set(seen).size, 120);
  });

  await t.test('what is not as it is written is shown as that, and hides nothing', async (t) => {
    for (const [odd, terms] of [
      [{ person: 'x', body: 7, event: ['<b>'], route: {}, found: 'x' }, '[1]'],
      [{ who: '<script>alert(1)</script>', person: null }, 'null'],
    ] as const) {
      await own.base.transaction((tx) =>
        appendAudit(tx, { kind: 'event', body: odd, terms: null }, scene.now()),
      );
      await own.tamper(
        'UPDATE acesso.auditoria SET termos = $1 WHERE numero = (SELECT max(numero) FROM acesso.auditoria)',
        [terms],
      );
    }
    const shown = await watching.get('/auditoria');
    t.equal(shown.status, 200);
    t.match(shown.text, 'não se sabe o quê');
    t.notMatch(shown.text, '<script>alert');
    for (const number of numbersIn(shown).slice(0, 3)) {
      t.equal((await watching.get(`/auditoria/${number}`)).status, 200);
    }
  });

  await t.test('each way to ask has its index', async (t) => {
    const filters: readonly AuditFilter[] = [
      ...[{}, { from: '2026-01-01T00:00:00.000Z', until: '2026-01-02T00:00:00.000Z' }],
      ...[{ person: agent.id }, { body: body.id }, { event: 'many' }, { purpose: 'x' }, { record: register }],
    ];
    for (const filter of filters) {
      let asked: { sql: string; parameters: readonly unknown[] } | null = null;
      const heard: Questions = {
        query: (sql, parameters = []) => {
          asked = { sql, parameters };
          return Promise.resolve([]);
        },
        rows: () => {
          throw new Error('not asked');
        },
      };
      await searchAudit(heard, filter, { before: null, most: 50 });
      const { sql, parameters } = asked as unknown as { sql: string; parameters: readonly unknown[] };
      const plan = await own.base.transaction(async (tx) => {
        await tx.execute('SET LOCAL enable_seqscan = off');
        return tx.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${sql}`, parameters);
      });
      const text = plan.map((line) => line['QUERY PLAN']).join('\n');
      t.notMatch(text, /Seq Scan on auditoria/, JSON.stringify(filter));
      const isIndexed = Object.keys(filter).every((name) => ['from', 'until'].includes(name));
      if (!isIndexed)
        t.match(text, /auditoria_(quem|orgao|evento|finalidade|registro)/, JSON.stringify(filter));
    }
  });
}
