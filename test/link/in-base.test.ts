// Tier: quick. Registers of a small nation in a PostgreSQL base, linked as they come, and by the engine all at once.
import t from 'tap';
import { postgresBases } from '../support/bases.ts';
import { testPostgres } from '../support/postgres.ts';
import { allAnew } from './in-base/all-anew.ts';
import { besideTyping } from './in-base/beside-typing.ts';
import { asTheEngine } from './in-base/days.ts';
import { manyAlike } from './in-base/many-alike.ts';

const { shared } = await postgresBases(t, await testPostgres(t));
await t.test('who is who in the base is what the engine finds', (t) => asTheEngine(t, shared, 5));
await t.test('beside a state that is typed from nothing', () => besideTyping(shared, 30));
await t.test('more alike than a person may have', (t) => manyAlike(t, shared));
await t.test('all anew', (t) => allAnew(t, shared));
