// Tier: quick. In this process and its threads, and one that is killed; no base; 1,000 made-up registers in files.
import t from 'tap';
import { badFiles } from './files/bad-files.ts';
import { evaluated, intervals } from './files/evaluated.ts';
import { folders } from './files/folders.ts';
import { imported } from './files/imported.ts';
import { killedImports } from './files/killed-imports.ts';
import { columnMaps, dateForms } from './files/maps.ts';

await t.test('what each column is', columnMaps);
await t.test('dates in one form', dateForms);
await t.test('a file is linked in a folder of its own', imported);
await t.test('folders are whole or not there', folders);
await t.test('a process that is killed while it writes', killedImports);
await t.test('what is wrong is said, and nothing written', badFiles);
await t.test('held against the truth', evaluated);
await t.test('intervals by groups', intervals);
