// Tier: quick. In this process, on a PGlite base.
import t from 'tap';
import { pgliteBases } from '../support/bases.ts';
import { scenesOn } from '../support/collect-scene.ts';
import { anotherBase } from './reconciling/another-base.ts';
import { doubts } from './reconciling/doubts.ts';
import { reconciledViews } from './reconciling/views.ts';

const scene = scenesOn(await pgliteBases(t));

await t.test('views', (t) => reconciledViews(t, scene));
await t.test('doubts', (t) => doubts(t, scene));
await t.test('another base', (t) => anotherBase(t, scene));
