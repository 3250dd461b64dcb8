// Tier: quick. Two enrolments, one with a process of the agent, and what is refused or changed on the way.
import t from 'tap';
import { enrolments } from './enrolled/enrolment.ts';
import { receipts } from './enrolled/receipts.ts';

await t.test('enrolment', enrolments);
await t.test('receipts', receipts);
