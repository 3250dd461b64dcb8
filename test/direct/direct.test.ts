// Tier: quick. A state without an agent, read by central from a real PostgreSQL into a base on PostgreSQL.
import t from 'tap';
import { commandBases } from '../support/command-bases.ts';
import { testPostgres } from '../support/postgres.ts';
import { agreedViews } from './parts/agreed-views.ts';
import { agreementLife } from './parts/agreement-life.ts';
import { enrolling } from './parts/enrolling.ts';
import { lost } from './parts/lost.ts';
import { observing } from './parts/observing.ts';
import { overInternet } from './parts/over-internet.ts';
import { replaced } from './parts/replaced.ts';
import { postgresState } from './parts/states.ts';
import { unfit } from './parts/unfit.ts';

const server = await testPostgres(t);
const makeBase = await commandBases(t, server);
const makeState = (name: string) => postgresState(server, name);
await t.test('enrolling', (t) => enrolling(t, makeBase, makeState));
await t.test('the agreement', (t) => agreementLife(t, makeBase, makeState));
await t.test('the views of the agreement', (t) => agreedViews(t, makeBase, makeState));
await t.test('observations', (t) => observing(t, makeBase, makeState));
await t.test('a journal that is gone', (t) => lost(t, makeBase, makeState));
await t.test('an agent in its place', (t) => replaced(t, makeBase, makeState));
// Last: from then on the server encrypts.
await t.test('over the internet', (t) => overInternet(t, makeBase, makeState, server));
await t.test('what a rule does not suit', (t) => unfit(t, makeBase));
