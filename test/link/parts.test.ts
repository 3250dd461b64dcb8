// Tier: quick. In this process, without a base.
import t from 'tap';
import { blocks } from './parts/blocks.ts';
import { byState } from './parts/by-state.ts';
import { clusters } from './parts/clusters.ts';
import { layouts } from './parts/layouts.ts';
import { bothWays, levels, otherLayouts } from './parts/levels.ts';
import { madeUpRates } from './parts/made-up.ts';
import { measures } from './parts/measures.ts';
import { quality } from './parts/quality.ts';
import { training } from './parts/training.ts';

await t.test('string measures', measures);
await t.test('levels of each comparison', levels);
await t.test('levels of names are the same both ways', bothWays);
await t.test('layouts and languages of others', otherLayouts);
await t.test('layouts as tables', layouts);
await t.test('blocks', blocks);
await t.test('clusters', clusters);
await t.test('quality', quality);
await t.test('quality by state', byState);
await t.test('training', training);
await t.test('made-up registers', madeUpRates);
