// Tier: quick. What is of this engine alone, against a responder in this process.
import t from 'tap';
import { connecting } from './sqlserver/connecting.ts';
import { failures, silences } from './sqlserver/failures.ts';
import { literals } from './sqlserver/literals.ts';
import { statements } from './sqlserver/statements.ts';
import { wireValues } from './sqlserver/wire.ts';
import { words } from './sqlserver/words.ts';

/** Against the responder of `test/support/tds-server.ts` and the grammar of T-SQL: no SQL Server is needed. */
await t.test('literals', literals);
await t.test('statements', statements);
await t.test('words', words);
await t.test('values on the wire', wireValues);
await t.test('connecting', connecting);
await t.test('failures', failures);
await t.test('silences', silences);
