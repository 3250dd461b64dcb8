// Tier: quick. Pure.
import * as fc from 'fast-check';
import { parseFragment } from 'parse5';
import t from 'tap';
import { flag, type Html, html, trusted } from '../../central/console/html/html.ts';
import { anyText } from '../support/any-text.ts';

interface Node {
  readonly nodeName: string;
  readonly value?: string;
  readonly attrs?: readonly { readonly name: string; readonly value: string }[];
  readonly childNodes?: readonly Node[];
}

/** As a browser reads it. */
function read(page: Html): readonly Node[] {
  return (parseFragment(page.toString()) as unknown as Node).childNodes ?? [];
}

/** Whatever a person or a state may have written, markup above all. */
const whatever = fc.oneof(
  anyText(30),
  fc
    .array(
      fc.constantFrom(
        '<',
        '>',
        '"',
        "'",
        '&',
        '</p>',
        '<script>',
        '-->',
        '<!--',
        ']]>',
        '`',
        '=',
        ' on',
        '\0',
        '\r',
        '\u202e',
        '\u2067',
        '\u200b',
        '\u200d',
        'x',
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
);

/** What a browser makes of line breaks, and what no browser shows. */
const asRead = (text: string) =>
  text
    .toWellFormed()
    .replace(/[^\P{Cc}\t\n\r]|[^\P{Cf}\u{ad}\u{200c}\u{200d}]/gu, '\u{fffd}')
    .replace(/\r\n?/g, '\n');

void t.test('text stays text, wherever it is put', async (t) => {
  fc.assert(
    fc.property(whatever, whatever, (text, value) => {
      const page = html`<p title="${value}">${text}</p><textarea>${text}</textarea>`;
      const [p, area, ...others] = read(page);
      const inP = (p?.childNodes ?? []).map((node) => node.value ?? node.nodeName).join('');
      const inArea = (area?.childNodes ?? []).map((node) => node.value ?? '').join('');
      return (
        others.length === 0 &&
        p?.nodeName === 'p' &&
        inP === asRead(text) &&
        p.attrs?.length === 1 &&
        p.attrs[0]?.value === asRead(value) &&
        // The first line break of a text area is no part of it.
        [asRead(text), asRead(text).replace(/^\n/, '')].includes(inArea)
      );
    }),
    { numRuns: 500 },
  );
  t.pass();
});

void t.test('nothing that is shown turns the words around it, or hides', async (t) => {
  fc.assert(
    fc.property(whatever, (text) => {
      const shown = html`<p title="${text}">Nome: ${text} (12)</p>`.toString();
      return !/[\p{Bidi_Control}\u200b\u2060\ufeff]/u.test(shown);
    }),
    { numRuns: 500 },
  );
  t.equal(html`${'ANA\u202eAVLIS'}`.toString(), 'ANA\ufffdAVLIS');
  t.equal(
    html`${'\u{1f469}\u200d\u2696\ufe0f'}`.toString(),
    '\u{1f469}\u200d\u2696\ufe0f',
    'what joins is seen',
  );
});

void t.test('parts stand one behind the other, and only what is HTML is not escaped', async (t) => {
  const part = html`<b>${'<i>'}</b>`;
  t.equal(
    html`${part}${null}${undefined}${false}${0}${[part, '&']}`.toString(),
    '<b>&lt;i&gt;</b>0<b>&lt;i&gt;</b>&amp;',
  );
  t.equal(html`<p>${trusted('<svg></svg>')}</p>`.toString(), '<p><svg></svg></p>');
  const pretended = { toString: () => '<script>' };
  t.throws(() => html`${pretended as unknown as Html}`, { message: /are shown/ });
});

void t.test('an address is one of this site', async (t) => {
  for (const own of ['/', '/caso/1/busca?q=a&p=2', '#conteudo', '?pagina=2']) {
    t.match(html`<a href="${own}">x</a>`.toString(), 'href="');
  }
  const foreign = [
    '//x',
    '/\\x',
    'https://x',
    'javascript:alert(1)',
    ' /x',
    '\u{1}javascript:x',
    '',
    'x',
    '/\nx',
    'data:x',
  ];
  for (const address of foreign) {
    t.throws(() => html`<a href="${address}">x</a>`, { message: /of this site/ }, JSON.stringify(address));
    t.throws(() => html`<form action="${address}"></form>`);
  }
  fc.assert(
    fc.property(whatever, (text) => {
      let page: Html;
      try {
        page = html`<a href="${text}">x</a>`;
      } catch {
        return true;
      }
      const href = read(page)[0]?.attrs?.[0]?.value ?? '';
      return new URL(href, 'https://own.example/page').origin === 'https://own.example';
    }),
    { numRuns: 500 },
  );
});

void t.test('where nothing may be put in, nothing is, whatever the value', async (t) => {
  const x = 'x';
  t.throws(() => html`<script>${x}</script>`, { message: /<script>/ });
  t.throws(() => html`<style>${x}</style>`);
  t.throws(() => html`<a href=${x}>x</a>`, { message: /no quotes/ });
  t.throws(() => html`<a href='${x}'>x</a>`, { message: /no quotes/ });
  t.throws(() => html`<p style="${x}">x</p>`, { message: /style/ });
  t.throws(() => html`<p onclick="${x}">x</p>`, { message: /onclick/ });
  t.throws(() => html`<${x}>`, { message: /begins no tag/ });
  t.throws(() => html`<p ${x}>x</p>`, { message: /a flag/ });
  t.throws(() => html`<p ${null} `, { message: /ends within a tag/ });
  t.throws(() => html`<p title="${html`<b>x</b>`}">x</p>`, { message: /no value/ });
  t.throws(() => html`<p>${flag('checked', true)}</p>`, { message: /within a tag/ });
  t.equal(html`<input ${flag('checked', true)} ${flag('disabled', false)}>`.toString(), '<input checked >');
});

void t.test('an address is the whole of its attribute', async (t) => {
  const x = '/x';
  const whole = { message: /whole of/ };
  t.throws(() => html`<a href="/${x}">x</a>`, whole, 'with what is before it, another site');
  t.throws(() => html`<a href="javascript:${x}">x</a>`, whole);
  t.throws(() => html`<a href="${x}/y">x</a>`, whole);
  t.throws(() => html`<a href="${x}${x}">x</a>`, whole);
  t.throws(() => html`<form action=" ${x}"></form>`, whole);
});

void t.test('a template is read as a browser reads it', async (t) => {
  const x = 'x';
  const inScript = { message: /<script>/ };
  t.throws(() => html`<!--><script>-->${x}</script>`, inScript, 'a comment that ends at once');
  t.throws(() => html`<!---><script>-->${x}</script>`, inScript);
  t.throws(() => html`<!--a--!><script>-->${x}</script>`, inScript);
  t.throws(() => html`<script></scriptx>${x}</script>`, inScript, 'not the end of a script');
  t.throws(() => html`<script><!--<script></script>${x}</script>`, inScript, 'nor is this');
  t.throws(() => html`<!--${x}-->`, { message: /begins no tag/ });
  t.throws(() => html`<noscript>${x}</noscript>`, { message: /<noscript>/ });
  t.throws(() => html`<textarea><a title="</textarea><script>${x}</script>"></textarea>`);
  t.throws(() => html`<svg><title><a href="${x}"></a></title></svg>`, { message: /<title>/ });
  t.equal(
    html`<!--a--><script src="/a.js"></SCRIPT >${x}`.toString(),
    '<!--a--><script src="/a.js"></SCRIPT >x',
  );
  t.equal(html`<title>${x} – y</title>`.toString(), '<title>x – y</title>');
});

void t.test('nothing is put into a name, nor right beside one', async (t) => {
  const name = { message: /into a name/ };
  const on = flag('open', true);
  t.throws(() => html`<a hre${null}f="${'javascript:alert(1)'}">x</a>`, name);
  t.throws(() => html`<scr${null}ipt>x</script>`, name);
  t.throws(() => html`<p ${on}href="/x">x</p>`, name);
  t.throws(() => html`<p ${on}${on}>x</p>`, name);
  t.throws(() => html`<p class="x"${on}>x</p>`, name);
  t.throws(() => html`<p data-é="${'x'}">x</p>`, { message: /quoted/ });
});

void t.test(
  'what a browser acts on by another attribute, or by several addresses, takes no value',
  async (t) => {
    const x = '/x';
    const nothing = { message: /Nothing is put into/ };
    t.throws(() => html`<meta http-equiv="refresh" content="${x}">`, nothing);
    t.throws(() => html`<object data="${x}"></object>`, nothing);
    t.throws(() => html`<embed src="${x}">`, nothing);
    t.throws(() => html`<base href="${x}">`, nothing);
    t.throws(() => html`<a href="/x" ping="${x}">x</a>`, nothing);
    t.throws(() => html`<img srcset="${x}">`, nothing);
    t.throws(() => html`<svg><set attributeName="href" to="${x}"></set></svg>`, nothing);
  },
);
