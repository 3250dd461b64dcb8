// Tier: quick. In this process, without a server.
import t from 'tap';
import { answersOfAgents } from './parts/agent-answers.ts';
import { sumsOfBuckets } from './parts/bucket-sums.ts';
import { errorsOfDrivers } from './parts/driver-errors.ts';
import { negotiation } from './parts/negotiation.ts';
import { oversizedLines } from './parts/oversized-line.ts';
import { sqlFinders } from './parts/sql-finder.ts';
import { keysOfSqliteLogs } from './parts/sqlite-log-keys.ts';

await t.test('bucket sums', sumsOfBuckets);
await t.test('driver errors', errorsOfDrivers);
await t.test('oversized line', oversizedLines);
await t.test('sql finder', sqlFinders);
await t.test('sqlite log keys', keysOfSqliteLogs);
await t.test('answers of an agent', answersOfAgents);
await t.test('negotiation', negotiation);
