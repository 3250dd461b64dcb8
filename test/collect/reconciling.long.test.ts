// Tier: long. What the quick one tries a few times, many times. In this process, on a PGlite base.
import t from 'tap';
import { pgliteBases } from '../support/bases.ts';
import { scenesOn } from '../support/collect-scene.ts';
import { lossesWhenever } from './reconciling/whenever.ts';

const scene = scenesOn(await pgliteBases(t));

await t.test('C8 losses at any time', (t) => lossesWhenever(t, scene, 30));
