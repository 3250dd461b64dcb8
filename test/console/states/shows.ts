import type { Test } from 'tap';
import type { Base } from '../../../central/base/base.ts';
import { pictureOf } from '../../../central/base/published-layer/picture.ts';
import { stateCodes } from '../../../central/console/states/names.ts';
import { schedulesIn, sourceFacts } from '../../../central/console/states/status-facts.ts';
import { readFactsOf } from '../../../central/service/read-facts.ts';
import { statusReport } from '../../../central/status/report.ts';
import type { StatusRow } from '../../../central/status/row.ts';
import { query } from '../../support/bases.ts';
import { scheduled } from '../../support/shown-scene.ts';
import { browserOf, type ConsoleScene, consoleScene, madeBody, madePerson } from '../scene.ts';
import { forgetStates, States, someStates } from './scene.ts';

/** Text of a page, as it is read: a row of a table in a line. */
function readable(page: string): string {
  return page
    .slice(page.indexOf('<main'), page.indexOf('</main>'))
    .replace(/<svg class="mapa"[\s\S]*?<\/svg>/, '')
    .replace(/<\/t[hd]>/g, ' | ')
    .replace(/<\/tr>|<br>|<\/li>|<\/dd>|<\/dt>|<\/p>/g, '\n')
    .replace(/<[^>]+>/g, '')
    .replace(/&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/[ \t]+/g, ' ');
}

export interface Reader {
  readonly scene: ConsoleScene;
  readonly page: (path: string) => Promise<string>;
  readonly text: (path: string) => Promise<string>;
}

/** An operator who is told of all states. */
export async function operator(t: Test, base: Base): Promise<Reader> {
  const scene = await consoleScene(t, base);
  const body = await madeBody(scene);
  const person = await madePerson(scene, body.id, ['operador']);
  const browser = await browserOf(scene, person.id);
  const page = async (path: string) => {
    const shown = await browser.get(path);
    t.equal(shown.status, 200, path);
    return shown.text;
  };
  return { scene, page, text: async (path) => readable(await page(path)) };
}

export async function showsStates(t: Test, base: Base): Promise<void> {
  const { page, text } = await operator(t, base);

  await t.test('a base in which no central has shown anything', async (t) => {
    await query(base, 'DELETE FROM guarita.published');
    const shown = await text('/estados');
    t.match(shown, /ainda não mostrou nada/);
    t.match(shown, /Nenhum estado tem acordo registrado/);
    t.match(shown, /Sem acordo registrado[\s\S]*Acre \(AC\), Alagoas \(AL\)/);
    t.match(await text('/estados/AC'), /Nenhum acordo registrado na central[\s\S]*source invite AC/);
  });

  await t.test('states of each kind', async (t) => {
    const s = await someStates(t, base);
    await s.shows();
    const states = s.sources();
    const names = states.map(({ uf }) => uf);
    const facts = await base.snapshot((questions) => pictureOf(questions, names));
    const told = statusReport(readFactsOf(s.folder, states), scheduled, s.now);
    const shown = statusReport(sourceFacts(facts), schedulesIn(facts), s.now).rows;
    const bySource = (rows: readonly StatusRow[]) =>
      rows.toSorted((a, b) => a.source.localeCompare(b.source));
    t.strictSame(bySource(shown), bySource(told.rows), 'as the status of the folder, agreements included');

    const list = await text('/estados');
    t.match(list, /Como a central mostrava em \d\d\/\d\d\/\d{4}, \d\d:\d\d/);
    const row = (name: string) => list.split('\n').find((line) => line.includes(`${name} (`)) ?? '';
    const rest = (name: string) =>
      list
        .slice(list.indexOf(`${name} (`))
        .split('|')
        .slice(1, 10)
        .join('|');
    t.match(rest('Alagoas'), /✓ Em dia \| 1\/AL, até [\d/]+ \(faltam 1\.000 dias\) \| ✓ todos cumpridos/);
    t.match(rest('Alagoas'), /há 6 h 0 min \| 0 \| 0 \| 12 \| 95,0 \|/);
    t.match(
      rest('Bahia'),
      /! Atenção[\s\S]*ainda não coletada[\s\S]*D\+45, Visões \(estado\): faltam 15 dias/,
    );
    t.match(
      rest('Pernambuco'),
      /✗ Crítico[\s\S]*aguarda decisão \(a visão perdeu mais linhas[^)]*\)[\s\S]*\| 6 \| 1 \| 4\.321/,
    );
    t.match(rest('Rondônia'), /– Encerrado/);
    t.match(
      rest('Sergipe'),
      /… Em implantação \| 7\/SE[\s\S]*D\+20, VPN \(estado e SENAPPEN\): faltam 15 dias/,
    );
    t.match(rest('Pará'), /! Atenção \| 7\/PA[\s\S]*✗ atrasado há 21 dias/);
    t.match(rest('Sistema penitenciário federal'), /✗ Crítico[\s\S]*sem coleta completa há tempo demais/);
    t.ok(list.indexOf('Pernambuco') < list.indexOf('Bahia'), 'what needs most to be looked at comes first');
    t.equal(row('Acre').includes('Amapá'), true, 'the others in a line');

    const map = /<svg class="mapa"[\s\S]*?<\/svg>/.exec(await page('/estados'))?.[0] ?? '';
    t.equal([...map.matchAll(/<a href="\/estados\/([A-Z]{2})"/g)].length, 27);
    t.match(map, /href="\/estados\/PE" aria-label="PE ✗ – Pernambuco: Crítico"/);
    t.match(map, />PE ✗</, 'by a sign, too');
    t.match(map, />AC</, 'and none where there is nothing to tell');

    const al = await text('/estados/AL');
    t.match(al, /Número\s*1\/AL/);
    t.match(al, /Publicação \(D\+60\) \| [\d/]+ \| SENAPPEN \| ✓ feito até/);
    t.match(al, /custodiado \| [^|]+ \| 6 h 0 min \| 1\.200 \| 0 \|/);
    t.match(al, /Nota\s*95,0 de 100/);
    t.match(al, /Últimas coletas[\s\S]*completa \| 2\.400 \| 2\.400 \| 0/);
    t.match(al, /Próximas, pelos horários[\s\S]*coleta \| [\d/]+, 03:00/);
    t.notMatch(al, /Aguarda decisão/);
    t.match(await text('/estados/RO'), /não se coleta desde[\s\S]*Marcos/);
    t.match(await text('/estados/SE'), /ainda não há agente cadastrado[\s\S]*Convite em aberto/);
    const pe = await text('/estados/PE');
    t.match(
      pe,
      /custodiado \| A visão perdeu mais linhas[^|]*Linhas que sumiram: 150 de 1\.200\. \|[^|]*\| aguarda decisão/,
    );

    await t.test('of when it is', async (t) => {
      await query(base, `UPDATE guarita.published SET at = at - interval '4 minutes'`);
      t.match(await text('/estados'), /Como a central mostrava/);
      await query(base, `UPDATE guarita.published SET at = at - interval '2 minutes'`);
      t.match(await text('/estados'), /A central não dá sinal desde/, 'killed, or cut off');
      t.match(await text('/estados/AL'), /A central não dá sinal desde/);
      await s.publisher.close();
      t.match(await text('/estados'), /O serviço da central foi encerrado em/);
    });
    await forgetStates(base);
  });

  await t.test('one that left', async (t) => {
    const s = new States(t, base);
    s.enrols('TO', { began: 300, ended: 3, left: 2 });
    await s.collects('TO', { ago: 4 });
    await s.shows();
    const left = await text('/estados/TO');
    t.match(left, /Saiu[\s\S]*; dados e provas ficam/);
    t.notMatch(left, /denúncia|source end|não se coleta desde/, 'nor what would be to do, or why');
    await forgetStates(base);
  });

  await t.test('all of them at once, on a page that an old computer has in a moment', async (t) => {
    const s = new States(t, base);
    const views = [
      'unidade',
      'custodiado',
      'custodia',
      'movimentacao',
      'processo',
      'pena',
      'visitante',
      'visita',
    ];
    for (const uf of stateCodes) {
      s.enrols(uf, { views });
      await s.collects(uf, { views, quarantined: 1 });
      await s.treats(uf, { open: 1_234_567 });
      s.loses(uf);
    }
    await s.shows();
    const shown = await page('/estados');
    t.ok(Buffer.byteLength(shown) <= 100_000, `${Buffer.byteLength(shown)} bytes`);
    t.equal([...shown.matchAll(/<tr role="row">/g)].length, 1 + stateCodes.length);
    t.notMatch(shown, /Sem acordo registrado/);
    await s.publisher.close();
    await forgetStates(base);
  });

  await t.test('a state whose name is none', async (t) => {
    const scene = await consoleScene(t, base);
    const person = await madePerson(scene, (await madeBody(scene)).id, ['operador']);
    const browser = await browserOf(scene, person.id);
    for (const path of ['/estados/XX', '/estados/al', '/estados/__proto__', '/estados/AL/decisoes/000000']) {
      t.equal((await browser.get(path)).status, 404, path);
    }
  });
}
