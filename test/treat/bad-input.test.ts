// Tier: quick. What no state should give, treated: no view and no rule fails of it, on PostgreSQL.
import t from 'tap';
import { postgresBases } from '../support/bases.ts';
import { testPostgres } from '../support/postgres.ts';
import { oddInput } from './bad-input/odd.ts';
import { nastyEverywhere } from './bad-input/values.ts';
import { endlessDossier } from './bad-input/volumes.ts';

t.setTimeout(600_000);
const bases = await postgresBases(t, await testPostgres(t));
const { shared: base } = bases;

await t.test('nothing of what a column should be', (t) => nastyEverywhere(t, base, 'AC'));
await oddInput(t, bases);
await t.test('more rows than a person has', (t) => endlessDossier(t, base, 'CE'));
