// Tier: quick. Seconds, on a base of its own in which a central shows how states are; no network.
import t from 'tap';
import { tierBases } from '../support/bases.ts';
import { decidesDoubts } from './states/decides.ts';
import { milestonesCount } from './states/milestones.ts';
import { outlinesAreRounded } from './states/outlines.ts';
import { showsStates } from './states/shows.ts';
import { whoSeesStates } from './states/who-sees.ts';

const { shared: base } = await tierBases(t);

await t.test('milestones, by what is known', milestonesCount);
await t.test('the outlines of a map', outlinesAreRounded);
await t.test('what pages tell', (t) => showsStates(t, base));
await t.test('who sees which states', (t) => whoSeesStates(t, base));
await t.test('a person decides', (t) => decidesDoubts(t, base));
