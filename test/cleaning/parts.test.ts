// Tier: quick. In this process, without a server.
import t from 'tap';
import { codes } from './parts/codes.ts';
import { dates } from './parts/dates.ts';
import { documents } from './parts/documents.ts';
import { encodings } from './parts/encodings.ts';
import { everyKind } from './parts/every-kind.ts';
import { numbers } from './parts/numbers.ts';
import { rows } from './parts/rows.ts';
import { texts } from './parts/texts.ts';

await t.test('texts and names', texts);
await t.test('encodings', encodings);
await t.test('dates and instants', dates);
await t.test('numbers', numbers);
await t.test('documents', documents);
await t.test('codes', codes);
await t.test('every kind, any text', everyKind);
await t.test('rows', rows);
