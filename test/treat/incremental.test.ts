// Tier: quick. Random histories of two small states, each treated as it goes and from nothing, on PostgreSQL.
import t from 'tap';
import { postgresBases } from '../support/bases.ts';
import { testPostgres } from '../support/postgres.ts';
import { eachChange } from './each-change.ts';
import { asFromNothing } from './incremental.ts';
import { settledStates } from './settled-states.ts';
import { typedAgainBeforeItsMark } from './typed-again.ts';

t.setTimeout(1_800_000);
const { shared } = await postgresBases(t, await testPostgres(t));
await t.test('what is treated day by day is what a treatment from nothing makes', (t) =>
  asFromNothing(t, shared, 1),
);
await t.test('each change by itself', (t) => eachChange(t, shared, 0));
await t.test('a row that is typed again before its mark comes to it', () => typedAgainBeforeItsMark(shared));
await t.test('what was settled is not read again', (t) => settledStates(t, shared));
