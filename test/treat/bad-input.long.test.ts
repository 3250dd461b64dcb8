// Tier: long. As the quick file of the same name, on PGlite; very many rows of one person, and people of one document; any text in any column of any view.
import t from 'tap';
import { texts } from '../contracts/base/texts.ts';
import { pgliteBases, postgresBases } from '../support/bases.ts';
import { testPostgres } from '../support/postgres.ts';
import { oddInput } from './bad-input/odd.ts';
import { anythingEverywhere, nastyEverywhere } from './bad-input/values.ts';
import { everybodysDocument, longDossiers } from './bad-input/volumes.ts';
import { withoutMoments } from './settled.ts';

t.setTimeout(1_800_000);
const onPglite = await pgliteBases(t);
const { shared: pglite } = onPglite;
const { shared: postgres } = await postgresBases(t, await testPostgres(t));

await t.test('texts come out as they came in', (t) => texts(t, onPglite));
await t.test('nothing of what a column should be: alike on both bases', async (t) => {
  const [one, other] = [await nastyEverywhere(t, pglite, 'AC'), await nastyEverywhere(t, postgres, 'AC')];
  t.strictSame(withoutMoments(one), withoutMoments(other));
});
await oddInput(t, onPglite);
await t.test('very many rows of one person', (t) => longDossiers(t, postgres, 'BA'));
await t.test('a document of everybody', (t) => everybodysDocument(t, postgres, 'DF'));
await t.test('any text in any column', async (t) => {
  const { shared } = await pgliteBases(t);
  await anythingEverywhere(shared, 'AL', 10);
});
