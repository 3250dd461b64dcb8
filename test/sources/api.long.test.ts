// Tier: long. What the quick tier tries on a few cases of each property, on many.
import t from 'tap';
import { mirror } from './api/mirror.ts';
import { paging } from './api/paging.ts';
import { values } from './api/values.ts';

await t.test('paging', paging);
await t.test('values', values);
await t.test('mirror', mirror);
