import * as fc from 'fast-check';
import type { Test } from 'tap';
import { keysGiven } from '../../../central/collect/view/keys-given.ts';
import { anyText } from '../../support/any-text.ts';
import { linesOf, viewOf } from '../../support/array-source.ts';

const view = { ...viewOf('v', ['a', 'b', 'c']), key: ['c', 'a'] };

export async function keysAreGiven(t: Test): Promise<void> {
  await t.test('the keys of the rows of a page, as text, whatever is in them', (t) => {
    const text = fc.oneof(anyText(), fc.stringMatching(/^[\t\n\\N{}]*$/));
    const row = fc.tuple(text, fc.option(text), text);
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const plain = rows.filter((fields) => fields.every((field) => !(field ?? '').includes('\0')));
        t.strictSame(
          [...keysGiven(view, linesOf(plain))],
          plain.map(([a, , c]) => [c, a]),
        );
      }),
    );
    t.end();
  });

  await t.test('rows that are gone, too large or not text give no key', (t) => {
    const lines = ['{-1}', '{0}', '{3}', '\\N'].map((mark, row) => `1\t${mark}\ta${row}\t\\N\tc\n`);
    t.strictSame([...keysGiven(view, Buffer.from(lines.join('')))], [['c', 'a3']]);
    t.end();
  });
}
