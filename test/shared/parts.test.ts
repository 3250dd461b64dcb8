// Tier: quick. In this process, without a server.
import t from 'tap';
import { agreements } from './parts/act.ts';
import { answers } from './parts/answers.ts';
import { codes } from './parts/codes.ts';
import { describedErrors } from './parts/describe-error.ts';
import { dictionary } from './parts/dictionary.ts';
import { explained } from './parts/explain.ts';
import { secretFiles } from './parts/secret-files.ts';
import { textsInPlace } from './parts/texts.ts';
import { timeZones } from './parts/time-zone.ts';

await t.test('act', agreements);
await t.test('answers', answers);
await t.test('codes', codes);
await t.test('describe error', describedErrors);
await t.test('dictionary', dictionary);
await t.test('explain', explained);
await t.test('secret files', secretFiles);
await t.test('texts in their place', textsInPlace);
await t.test('time zone', timeZones);
