// Tier: quick. A whole service in this process, its schedule, and commands over its real socket.
import t from 'tap';
import { commandsOverSocket } from './serving/control.ts';
import { schedules } from './serving/scheduler.ts';

await t.test('commands over its socket', commandsOverSocket);
await t.test('schedule', schedules);
