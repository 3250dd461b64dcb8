// Tier: quick. What no state should give, treated: no view and no rule fails of it, on PGlite and on PostgreSQL.
import t from 'tap';
import { texts } from '../contracts/base/texts.ts';
import { pgliteBases, postgresBases } from '../support/bases.ts';
import { testPostgres } from '../support/postgres.ts';
import { oddKeys } from './bad-input/keys.ts';
import { nulInName } from './bad-input/nul.ts';
import { manyCodes, otherShapes } from './bad-input/shapes.ts';
import { nastyEverywhere } from './bad-input/values.ts';
import { endlessDossier, everybodysDocument, exportedInOnePass, longDossiers } from './bad-input/volumes.ts';
import { withoutMoments } from './settled.ts';

t.setTimeout(600_000);
const onPglite = await pgliteBases(t);
const onPostgres = await postgresBases(t, await testPostgres(t));
const [pglite, postgres] = [onPglite.shared, onPostgres.shared];

await t.test('texts come out as they came in, on PGlite', (t) => texts(t, onPglite));
await t.test('nothing of what a column should be: alike on both bases', async (t) => {
  const [one, other] = [await nastyEverywhere(t, pglite, 'AC'), await nastyEverywhere(t, postgres, 'AC')];
  t.strictSame(withoutMoments(one), withoutMoments(other));
});
for (const [name, bases] of [
  ['PGlite', onPglite],
  ['PostgreSQL', onPostgres],
] as const) {
  await t.test(`keys of any text, on ${name}`, (t) => oddKeys(t, bases.shared, 'AL'));
  await t.test(`a NUL in a name, on ${name}`, (t) => nulInName(t, bases));
}
await t.test('views of other shapes', (t) => otherShapes(t, pglite, 'AM'));
await t.test('ten thousand codes', (t) => manyCodes(t, pglite, 'AP'));
await t.test('very many rows of one person', (t) => longDossiers(t, postgres, 'BA'));
await t.test('more rows than a person has', (t) => endlessDossier(t, postgres, 'CE'));
for (const [source, base] of [
  ['ES', pglite],
  ['ES', postgres],
] as const) {
  await t.test('an export in one pass', (t) => exportedInOnePass(t, base, source));
}
await t.test('a document of everybody', (t) => everybodysDocument(t, postgres, 'DF'));
