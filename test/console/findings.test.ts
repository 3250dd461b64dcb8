// Tier: quick. What was found in states' data and which of their words nobody knows, on pages, over treated rows.
import t from 'tap';
import { tierBases } from '../support/bases.ts';
import { codes } from './desk/codes.ts';
import { findings } from './desk/findings.ts';
import { deskNation } from './desk/nation.ts';
import { consoleScene } from './scene.ts';

const { shared } = await tierBases(t);
await deskNation(shared);
const scene = await consoleScene(t, shared);
await t.test('findings', (t) => findings(t, scene));
await t.test('codes', (t) => codes(t, scene));
