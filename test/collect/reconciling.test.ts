// Tier: quick. In this process, on a PostgreSQL of its own.
import t from 'tap';
import { tierBases } from '../support/bases.ts';
import { scenesOn } from '../support/collect-scene.ts';
import { runs } from '../support/runs.ts';
import { anotherBase } from './reconciling/another-base.ts';
import { decisions } from './reconciling/decisions.ts';
import { doubts } from './reconciling/doubts.ts';
import { removals } from './reconciling/removals.ts';
import { reconciledViews } from './reconciling/views.ts';
import { lossesWhenever } from './reconciling/whenever.ts';

const scene = scenesOn(await tierBases(t));

await t.test('views', (t) => reconciledViews(t, scene));
await t.test('doubts', (t) => doubts(t, scene));
await t.test('removals', (t) => removals(t, scene));
await t.test('C8 losses at any time', (t) => lossesWhenever(t, scene, runs(2, 30)));
await t.test('decisions', (t) => decisions(t, scene));
await t.test('another base', (t) => anotherBase(t, scene));
