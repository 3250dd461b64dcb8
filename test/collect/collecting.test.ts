// Tier: quick. In this process, on a PostgreSQL of its own.
import t from 'tap';
import { tierBases } from '../support/bases.ts';
import { scenesOn } from '../support/collect-scene.ts';
import { changeIndex } from './collecting/change-index.ts';
import { collector } from './collecting/collector.ts';
import { describedAnew } from './collecting/described-anew.ts';
import { noProgress } from './collecting/no-progress.ts';
import { quarantine } from './collecting/quarantine.ts';
import { source } from './collecting/source.ts';
import { stopped } from './collecting/stopped.ts';
import { view } from './collecting/view.ts';
import { viewStopped } from './collecting/view-stopped.ts';

const bases = await tierBases(t);
const scene = scenesOn(bases);

await t.test('view', (t) => view(t, bases));
await t.test('view stopped', (t) => viewStopped(t, bases));
await t.test('no progress', (t) => noProgress(t, bases));
await t.test('source', (t) => source(t, scene));
await t.test('source stopped', (t) => stopped(t, scene));
await t.test('described anew', (t) => describedAnew(t, scene));
await t.test('quarantine', (t) => quarantine(t, scene));
await t.test('collector', (t) => collector(t, scene));
await t.test('change index', (t) => changeIndex(t, scene));
