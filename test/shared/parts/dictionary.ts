import type { Test } from 'tap';
import { findCode } from '../../../shared/dictionary/codes/find-code.ts';
import { standardViews } from '../../../shared/dictionary/standard-views.ts';

const names = /^[a-z]+(?:_[a-z]+)*$/;
/** One sentence for people, which a table and a comment can hold. */
const sentence = /^[A-ZÀ-Ú][^|\n']*[^.|\n']\.$/;
/** Lei 12.714/2012, art. 2º has eleven items. */
const bases =
  /^(?:Lei 12\.714\/2012, art\. 2º, (?:I|II|III|IV|V|VI|VII|VIII|IX|X|XI)|INFOPEN, \d\.\d+(?: e \d\.\d+)?|(?:LEP|CP), arts?\. \d.*|Resolução CNJ \d+\/\d{4}|Decreto [\d.]+\/\d{4}|STF, Tema \d+)$/;

const all = standardViews.flatMap((view) => view.columns.map((column) => ({ view, column })));
const pathOf = ({ view, column }: (typeof all)[number]) => `${view.name}.${column.name}`;

/** The contract of what a state shows, and what is said of it. */
export async function dictionary(t: Test): Promise<void> {
  await t.test('only a key and the person that a row is about are required', (t) => {
    const required = all.filter(({ column }) => column.required).map(pathOf);
    t.ok(required.length > 20);
    t.same(
      required.filter((path) => !/\.(?:id|custodiado_id)$/.test(path)),
      [],
    );
    t.same(all.filter(({ column }) => column.name === 'id' && column.kind !== 'key').map(pathOf), []);
    t.end();
  });

  await t.test('each view and column says what it means, and gives an example', (t) => {
    for (const { name, about } of standardViews) t.match([name, about], [names, sentence]);
    for (const one of all) {
      const { name, about, example, basis } = one.column;
      t.match([name, about, example], [names, sentence, /\S/], pathOf(one));
      if (basis !== null) t.match(basis, bases, pathOf(one));
    }
    t.end();
  });

  await t.test('what a column refers to, lists and counts by is there', (t) => {
    const views = new Set(standardViews.map(({ name }) => name));
    for (const { name, columns, watermark } of standardViews) {
      const marked = columns.find((column) => column.name === watermark);
      t.equal(marked?.type, watermark === null ? undefined : 'timestamp', name);
    }
    for (const one of all) {
      const { kind, to, codes, example } = one.column;
      t.equal(to !== undefined, kind === 'reference', pathOf(one));
      t.same(to?.filter((name) => !views.has(name)) ?? [], [], pathOf(one));
      t.equal(codes !== undefined, kind === 'code', pathOf(one));
      if (codes !== undefined) t.ok(findCode(codes, example), pathOf(one));
    }
    t.end();
  });
}
