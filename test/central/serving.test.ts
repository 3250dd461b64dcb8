// Tier: quick. A whole service in this process, its schedule, commands over its real socket and without it.
import t from 'tap';
import { commandBases } from '../support/command-bases.ts';
import { commandsOfADay } from './serving/commands.ts';
import { commandsOverSocket } from './serving/control.ts';
import { decidedInBase } from './serving/decided-in-base.ts';
import { schedules } from './serving/scheduler.ts';

await t.test('commands over its socket', commandsOverSocket);
await t.test('schedule', schedules);
await t.test('commands from day to day', async (t) => commandsOfADay(t, await commandBases(t)));
await t.test('decided in the base', decidedInBase);
