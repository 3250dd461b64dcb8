// Tier: quick. A whole service in this process, its schedule, commands over its real socket and without it, on PostgreSQL.
import t from 'tap';
import { commandBases } from '../support/command-bases.ts';
import { commandsOfADay } from './serving/commands.ts';
import { commandsOverSocket } from './serving/control.ts';
import { decidedInBase } from './serving/decided-in-base.ts';
import { schedules } from './serving/scheduler.ts';

const makeBase = await commandBases(t);
await t.test('commands over its socket', (t) => commandsOverSocket(t, makeBase));
await t.test('schedule', (t) => schedules(t, makeBase));
await t.test('commands from day to day', (t) => commandsOfADay(t, makeBase));
await t.test('decided in the base', (t) => decidedInBase(t, makeBase));
