import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Test } from 'tap';
import type { Base } from '../../../central/base/base.ts';
import { standardViews } from '../../../shared/dictionary/standard-views.ts';
import { anyText } from '../../support/any-text.ts';
import { query } from '../../support/bases.ts';
import { national } from '../settled.ts';
import { requireNoProblem } from '../small-state/small-state.ts';
import { given, treated } from './given.ts';

const long = (text: string) => text.repeat(Math.ceil(4000 / text.length)).slice(0, 4000);

/** What a column may hold that is nothing of what it should. */
const nasty = [
  ...[
    '31/02/1990',
    '00/00/0000',
    '0000-00-00',
    '1.5.85',
    '0001-01-01',
    '9999-12-31',
    '31/12/9999',
    '01/01/0001',
  ],
  ...[
    '2026-02-29 25:61:61',
    '1990-05-17T10:00:00-03:00',
    '-0001-01-01',
    '20261129',
    '30/06/1990 BC',
    'infinity',
  ],
  ...[
    '99999999999',
    '-99999999999',
    'NaN',
    'Infinity',
    '-Infinity',
    '1e400',
    '0x10',
    '1.234.567,89',
    '-0',
    '٣٤',
  ],
  ...['', ' ', '\t', '\n', '\r\n', '\\', '\\N', '\\.', '"', "'", "'; --", '{}', '{"a",b}', 'NULL', '\u00A0'],
  ...[
    '👮‍♀️🏽',
    '\u202Eavlis ad airam\u202C',
    'Ma\uFEFFria',
    '\uFEFFMaria',
    '\uFEFF\uFEFF17/05/1990',
    '\uFEFF',
    'a\u0300\u0301\u0302',
    '\u0001\u001F\u007F',
    '\uFFFD',
  ],
  ...[long('Maria da Silva '), long('👮'), long('9'), long('a\\\t"'), long('\u0301'), long('Ã§Ã£')],
];

/** Every column holds it. */
function rowsOf(view: (typeof standardViews)[number], texts: readonly string[]) {
  const names = view.columns.map(({ name }) => name).filter((name) => name !== 'id');
  const rows = texts.map((text, at) => [`k${at}`, ...names.map(() => text)]);
  return { columns: ['id', ...names], rows };
}

async function everywhere(base: Base, source: string, texts: readonly string[]) {
  for (const view of standardViews) {
    const { columns, rows } = rowsOf(view, texts);
    await given(base, source, view.name, columns, rows);
  }
}

export async function nastyEverywhere(
  t: Test,
  base: Base,
  source: string,
): Promise<Record<string, unknown[]>> {
  await everywhere(base, source, nasty);
  const result = await treated(base, source);
  requireNoProblem([result]);
  const failures = await query(base, 'SELECT DISTINCT regra FROM nacional.falha');
  t.strictSame(failures, [], 'no rule fails of it');
  const [row] = await query<{ long: number }>(
    base,
    'SELECT max(length(nome))::int AS long FROM nacional.registro',
  );
  t.ok((row?.long ?? 0) > 0, 'what is a name is kept');
  return national(base);
}

/** Any text in any column of any view. */
export async function anythingEverywhere(base: Base, source: string, numRuns: number): Promise<void> {
  const text = fc.oneof(anyText(20), fc.constantFrom(...nasty)).map((each) => each.replaceAll('\0', ''));
  const texts = fc.array(text, { minLength: 20, maxLength: 20 });
  const property = fc.asyncProperty(texts, async (texts) => {
    await everywhere(base, source, texts);
    requireNoProblem([await treated(base, source)]);
    assert.deepEqual(await query(base, 'SELECT regra, chave FROM nacional.falha'), []);
  });
  await fc.assert(property, { numRuns });
}
