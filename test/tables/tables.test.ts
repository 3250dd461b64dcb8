// Tier: quick. In this process, with files of a temporary folder.
import t from 'tap';
import { badTables } from './tables/bad.ts';
import { goodTables } from './tables/good.ts';

await t.test('tables are read as they were written', goodTables);
await t.test('what is wrong with a table is told by its place, never by its values', badTables);
