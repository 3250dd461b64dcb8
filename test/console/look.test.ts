// Tier: quick. Parts of pages, the files that they refer to, and a base for what is asked of the console.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parseFragment } from 'parse5';
import t from 'tap';
import { assetPath } from '../../central/console/assets/path.ts';
import { readAssets } from '../../central/console/assets/read.ts';
import { checkField, radioFields, textArea } from '../../central/console/html/choices.ts';
import { faultSummary } from '../../central/console/html/faults.ts';
import { selectField, textField } from '../../central/console/html/form.ts';
import type { Html } from '../../central/console/html/html.ts';
import { pages } from '../../central/console/html/parts.ts';
import { table } from '../../central/console/html/table.ts';
import { buildConsole } from '../../scripts/console/build.ts';
import { readTexts } from '../../scripts/docs/sources.ts';
import { writtenMoment } from '../../shared/day.ts';
import { testFolder, tierBases } from '../support/bases.ts';
import { sampleRoutes } from './browser/samples.ts';
import { browserOf, consoleScene, madeBody, madeCase, madePerson } from './scene.ts';

interface Element {
  readonly nodeName: string;
  readonly attrs?: readonly { readonly name: string; readonly value: string }[];
  readonly childNodes?: readonly Element[];
}

/** All elements of a page, in their order, as a browser reads them. */
function elementsOf(page: Html): Record<string, string>[] {
  const below = ({ childNodes = [] }: Element): Record<string, string>[] =>
    childNodes.flatMap((node) => [
      {
        tag: node.nodeName,
        ...Object.fromEntries((node.attrs ?? []).map(({ name, value }) => [name, value])),
      },
      ...below(node),
    ]);
  return below(parseFragment(page.toString()));
}

const { shared } = await tierBases(t);

void t.test('a table names the column beside each value, and each row by its first', async (t) => {
  const columns = [{ label: 'Unidade' }, { label: 'Vagas', isNumber: true }];
  const elements = elementsOf(
    table({ caption: 'Unidades', columns, rows: [['Presídio', 120]], empty: 'Nada.' }),
  );
  t.match(
    elements.filter(({ tag }) => tag === 'th'),
    [{ scope: 'col' }, { scope: 'col', class: 'numero' }, { scope: 'row', 'data-label': 'Unidade' }],
  );
  t.match(
    elements.find(({ tag }) => tag === 'td'),
    { 'data-label': 'Vagas', class: 'numero' },
  );
  t.match(
    elements.find(({ tag }) => tag === 'caption'),
    {},
  );
  t.equal(table({ caption: 'x', columns, rows: [], empty: 'Nada.' }).toString(), '<p>Nada.</p>');
  t.throws(() => table({ caption: 'x', columns, rows: [[1, 2, 3]], empty: '' }), { message: /more cells/ });
});

void t.test('each field says what is wrong with it, and the summary leads to it', async (t) => {
  const fault = 'Preencha.';
  const choices = [
    { value: 'a', label: 'A' },
    { value: 'b', label: 'B' },
  ];
  const fields: Readonly<Record<string, Html>> = {
    nome: textField({ name: 'nome', label: 'Nome', fault }),
    uf: selectField({ name: 'uf', label: 'Estado', choices, fault }),
    tipo: radioFields({ name: 'tipo', label: 'Tipo', choices, fault }),
    aceito: checkField({ name: 'aceito', label: 'Aceito', fault }),
    motivo: textArea({ name: 'motivo', label: 'Motivo', value: '\n<x>', fault }),
  };
  const names = Object.keys(fields);
  const summary = faultSummary(Object.fromEntries(names.map((name) => [name, fault])));
  const links = elementsOf(summary as Html).filter(({ tag }) => tag === 'a');
  t.same(
    links.map(({ href }) => href),
    names.map((name) => `#${name}`),
  );
  for (const [name, field] of Object.entries(fields)) {
    const elements = elementsOf(field);
    t.ok(
      elements.some(({ id, tag }) => id === name && tag !== 'div'),
      `${name} is led to`,
    );
    t.ok(elements.some(({ id }) => id === `${name}-erro`));
    t.ok(elements.some((element) => element['aria-describedby']?.includes(`${name}-erro`)));
    t.ok(
      elements.some((element) => element['for'] === name),
      'it has a label',
    );
  }
  t.match(String(fields['motivo']), '>\n\n&lt;x&gt;</textarea>', 'the first line break is not lost');
  t.equal(faultSummary({ nome: null, uf: undefined }), null);
});

void t.test('a list leads on where there is more', async (t) => {
  t.equal(pages({ first: null, next: null }), null);
  t.match(String(pages({ first: '/x', next: '/x?depois=7' })), 'href="/x?depois=7"');
  t.notMatch(String(pages({ first: null, next: '/x?depois=7' })), 'Primeira');
});

void t.test('templates have neither styles nor scripts nor addresses of other sites in them', async (t) => {
  for (const { name, text } of readTexts('central/console')) {
    t.notMatch(text, /<style|\sstyle="|\son[a-z]+="|(?:href|src|action)="(?:https?:)?\/\//, name);
    t.equal(text.match(/<script/g)?.length ?? 0, name.endsWith('/shell.ts') ? 1 : 0, name);
  }
});

void t.test('what pages refer to is built: nothing of it comes from outside, and it is small', async (t) => {
  const folder = testFolder(t);
  await t.rejects(readAssets(join(folder, 'none')), { code: 'console-unbuilt' });
  const built = await buildConsole(folder);
  const { style, script, icon, fonts } = await readAssets(folder);
  const css = style.content.toString();
  t.same(
    [...css.matchAll(/url\(([^)]*)\)/g)].map(([, address]) => address),
    [fonts[0]?.path],
    'the font, at its address',
  );
  t.notMatch(css, '@import');
  for (const rule of [
    '.br-button',
    '.br-message.success',
    '.br-message.warning',
    '.finalidade',
    '.numero',
    '.so-impresso',
  ]) {
    t.ok(css.includes(rule), rule);
  }
  const defined = new Set(css.match(/--[\w-]+(?=:)/g));
  const used = new Set([...css.matchAll(/var\((--[\w-]+)\)/g)].map(([, name = '']) => name));
  t.ok(used.size > 50);
  t.same(
    [...used].filter((name) => !defined.has(name)),
    [],
    'each property that is used has a value',
  );
  t.match(css, /[};]:focus-visible\{outline:4px/, 'what has the focus is seen, whatever it is');
  t.notMatch(css, /\.br-(?:wizard|carousel|datetimepicker)/, 'what no template uses is left out');
  t.notMatch(script.content.toString(), /https?:|eval\(|new Function/);
  t.notMatch(icon.content.toString(), /<script|href=/);
  // Only the articles of help have pictures, each fetched as it comes into view.
  const sent = built.reduce((sum, file) => (file.name.endsWith('.png') ? sum : sum + file.sent), 0);
  t.ok(sent < 90_000, `a first page takes ${sent} bytes besides itself`);
});

void t.test('what is used of the design system is there', async (t) => {
  const css = readFileSync(
    join(import.meta.dirname, '../../node_modules/@govbr-ds/core/dist/core.min.css'),
    'utf8',
  );
  const used = new Set(
    readTexts('central/console').flatMap(({ text }) => text.match(/\bbr-[a-z]+(?:-[a-z]+)*/g) ?? []),
  );
  t.same(
    [...used].filter((name) => !css.includes(`.${name}`)),
    [],
  );
});

void t.test('a page tells who is at work, where they are and why, on paper too', async (t) => {
  const scene = await consoleScene(t, shared, sampleRoutes);
  const body = await madeBody(scene);
  const person = await madePerson(scene, body.id, ['auditor']);
  const browser = await browserOf(scene, person.id);
  const number = await madeCase(scene, browser.session, 'execucao-penal', true);
  const { text, status } = await browser.get(`/caso/${number}/t/pessoas`);
  t.equal(status, 200);
  const aside = /<aside class="finalidade emergencia".*?<\/aside>/s.exec(text)?.[0] ?? '';
  t.match(aside, /Emergência.*Execução penal.*0001234-56.2026.8.02.0001.*href="\/finalidade\?para=/s);
  const paper = /<div class="so-impresso">.*?<\/div>/s.exec(text)?.[0] ?? '';
  t.match(
    paper,
    `Aberto por <bdi>${person.name}</bdi> (${body.short}) em ${writtenMoment(scene.now())}. Emergência.`,
  );
  t.match(paper, 'Execução penal, <bdi>0001234-56.2026.8.02.0001</bdi>');
  t.match(text, '<a href="/auditoria" aria-current="false">');
  const parts = await browser.get('/auditoria/t/partes?depois=2');
  t.match(parts.text, '<a href="/auditoria" aria-current="page">', 'the page below it is of it');
  t.match(parts.text, '<a href="/" aria-current="false">');
  t.notMatch(parts.text, /class="finalidade|Finalidade: /, 'without a case there is no purpose');
});

void t.test('files of pages are kept by browsers, and go over slow lines small', async (t) => {
  const style = {
    path: assetPath('a.css', Buffer.from('x')),
    mediaType: 'text/css',
    content: Buffer.alloc(5000, 'x'),
  };
  const asset = (name: string) => ({ ...style, path: `/recursos/${name}`, mediaType: 'font/woff2' });
  const assets = {
    style,
    script: asset('a.js'),
    icon: asset('a.svg'),
    fonts: [asset('a.woff2')],
    pictures: [],
  };
  const { app } = await consoleScene(t, shared, [], { assets });
  const ask = (url: string, encoding?: string) =>
    app.inject({ url, headers: encoding === undefined ? {} : { 'accept-encoding': encoding } });
  const small = await ask(style.path, 'br, gzip');
  t.match(small.headers, { 'content-encoding': 'gzip', vary: 'accept-encoding', 'content-type': 'text/css' });
  t.match(small.headers['cache-control'], 'immutable');
  t.ok(small.rawPayload.length < 200);
  t.same(gunzipSync(small.rawPayload), style.content);
  for (const encoding of [undefined, 'identity', 'gzip;q=0', '*;q=0', 'x']) {
    const plain = await ask(style.path, encoding);
    t.equal(plain.headers['content-encoding'], undefined);
    t.same(plain.rawPayload, style.content);
  }
  t.equal(
    (await ask('/recursos/a.woff2', 'gzip')).headers['content-encoding'],
    undefined,
    'it is compressed',
  );
});
