import { Writable } from 'node:stream';
import * as fc from 'fast-check';
import { pino } from 'pino';
import type { Test } from 'tap';
import type { Base } from '../../../central/base/base.ts';
import { newSecret } from '../../../central/console/secrets.ts';
import { loggerOptions } from '../../../shared/log.ts';
import { oddText } from '../../support/odd-text.ts';
import { runs } from '../../support/runs.ts';
import { browserOf, browserWith, consoleScene, type Shown } from '../scene.ts';
import { kinds, madeMember } from './kinds.ts';

/** What a page of a refusal tells, and what the log does. */
export async function refusedPages(t: Test, shared: Base): Promise<void> {
  await t.test('whoever is signed in goes on from where they are refused', async (t) => {
    const scene = await consoleScene(t, shared, kinds);
    const { browser, people } = await madeMember(scene);
    const asked: readonly [Promise<Shown>, number][] = [
      [browser.get('/t/unknown'), 404],
      [browser.get('/t/auditor'), 403],
      [browser.post('/t/form', { nome: 'a' }, { origin: 'https://outro.example' }), 403],
      [browser.post('/t/form', { nome: 'a', _formulario: '' }), 403],
      [browser.post('/t/form', { nome: 'abcdef' }), 400],
      [browser.post('/t/form', { nome: 'x'.repeat(300_000) }), 413],
      [browser.get(people.replace('people', 'untold')), 500],
      [browser.get(people.replace('people', 'sensitive')), 403],
    ];
    for (const [answer, status] of asked) {
      const { status: came, text } = await answer;
      t.equal(came, status);
      t.match(text, /<nav class="navegacao.*href="\/finalidade".*href="\/conta"/s, `${status}`);
      t.equal(text.split('action="/sair"').length, 2, 'they may leave, at one place');
    }
    const sensitive = await browser.get(people.replace('people', 'sensitive'));
    t.match(sensitive.text, 'class="finalidade"', 'and for what they look, where it is in a case');
    const others = [browserWith(scene, newSecret()), await browserOf(scene, (await madeMember(scene)).id)];
    await others[1]?.post('/sair', {});
    scene.clock.pass(31 * 60_000);
    for (const nobody of [...others, browser]) {
      const { status, text } = await nobody.get('/t/unknown');
      t.equal(status, 404);
      t.notMatch(text, /<nav class="navegacao|Fulana/, 'nobody is told of who was in');
    }
  });

  await t.test('where nobody can be looked for, a page that there is not is still told', async (t) => {
    const scene = await consoleScene(t, shared, kinds);
    const { browser } = await madeMember(scene);
    await shared.transaction((tx) => tx.execute('ALTER TABLE acesso.sessao RENAME TO away'));
    const { status, text } = await browser.get('/t/unknown');
    await shared.transaction((tx) => tx.execute('ALTER TABLE acesso.away RENAME TO sessao'));
    t.equal(status, 404);
    t.notMatch(text, '<nav class="navegacao');
  });

  await t.test(
    'whatever is sent, a line of the log is a line, and says nothing of it (ASVS 16.4.1)',
    async (t) => {
      const lines: string[] = [];
      const stream = new Writable({
        write(chunk: Buffer, _encoding, done) {
          lines.push(chunk.toString('utf8'));
          done();
        },
      });
      const log = pino(loggerOptions('trace'), stream);
      const scene = await consoleScene(t, shared, kinds, { log });
      const { browser } = await madeMember(scene);
      const texts = fc.sample(oddText(), runs(12, 120));
      for (const odd of texts) {
        const text = `segredo${odd}`;
        await browser.get(`/t/${encodeURIComponent(text)}`);
        await browser.get(`/t/auditor?q=${encodeURIComponent(text)}`, {
          'user-agent': encodeURIComponent(text),
          'x-request-id': encodeURIComponent(text),
        });
        await browser.post('/t/form', { nome: text });
      }
      const written = lines.join('').trimEnd().split('\n');
      t.ok(written.length >= 3 * texts.length);
      for (const line of written) {
        t.doesNotThrow(() => JSON.parse(line) as unknown);
        t.notMatch(line, 'segredo');
      }
    },
  );
}
