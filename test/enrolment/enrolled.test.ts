// Tier: quick. Two enrolments with a process of the agent, and what is refused or changed on the way, on PostgreSQL.
import t from 'tap';
import { commandBases } from '../support/command-bases.ts';
import { enrolments } from './enrolled/enrolment.ts';
import { partial } from './enrolled/partial.ts';
import { receipts } from './enrolled/receipts.ts';
import { withoutAgent } from './enrolled/without-agent.ts';

const makeBase = await commandBases(t);
await t.test('enrolment', (t) => enrolments(t, makeBase));
await t.test('partial', (t) => partial(t, makeBase));
await t.test('receipts', (t) => receipts(t, makeBase));
await t.test('without an agent', (t) => withoutAgent(t, makeBase));
