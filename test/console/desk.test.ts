// Tier: quick. What was found, words that nobody knows, and who is who, on pages over treated rows; two bases of one server.
import t from 'tap';
import { tierBases } from '../support/bases.ts';
import { codes } from './desk/codes.ts';
import { findings } from './desk/findings.ts';
import { deskNation } from './desk/nation.ts';
import { reviewing } from './desk/reviewing.ts';
import { contradictsUnseen, seesLess } from './desk/seen-less.ts';
import { consoleScene } from './scene.ts';

const bases = await tierBases(t);
const alone = await bases.fresh(t, 'alone');
const scene = await consoleScene(t, bases.shared);
const loaders = await deskNation(bases.shared);
await deskNation(alone, ['AL']);

await t.test('findings', (t) => findings(t, scene));
await t.test('codes', (t) => codes(t, scene));
await t.test('a body that sees less', (t) => seesLess(t, scene, alone));
await t.test('reviewing', (t) => reviewing(t, scene, loaders));
await t.test('what contradicts decisions that are not seen', (t) => contradictsUnseen(t, scene));
