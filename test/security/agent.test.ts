// Tier: quick. The real agent, in this process.
import t from 'tap';
import { limits } from './agent/limits.ts';
import { routes } from './agent/routes.ts';
import { successions } from './agent/successions.ts';

await t.test('routes', routes);
await t.test('limits', limits);
await t.test('successions', successions);
