// Tier: long. The same of a SQLite file, with the base in central's folder.
import t from 'tap';
import { inFolder } from '../support/command-bases.ts';
import { agreedViews } from './parts/agreed-views.ts';
import { agreementLife } from './parts/agreement-life.ts';
import { enrolling } from './parts/enrolling.ts';
import { lost } from './parts/lost.ts';
import { observing } from './parts/observing.ts';
import { replaced } from './parts/replaced.ts';
import { sqliteState } from './parts/states.ts';

await t.test('enrolling', (t) => enrolling(t, inFolder, sqliteState(t)));
await t.test('the agreement', (t) => agreementLife(t, inFolder, sqliteState(t)));
await t.test('the views of the agreement', (t) => agreedViews(t, inFolder, sqliteState(t)));
await t.test('observations', (t) => observing(t, inFolder, sqliteState(t)));
await t.test('a journal that is gone', (t) => lost(t, inFolder, sqliteState(t)));
await t.test('an agent in its place', (t) => replaced(t, inFolder, sqliteState(t)));
