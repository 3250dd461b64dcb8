// Tier: quick. In this process, and two short ones for the files of keys.
import t from 'tap';
import { cursorSeal } from './parts/cursor-seal.ts';
import { documents } from './parts/documents.ts';
import { keys } from './parts/keys.ts';
import { messages } from './parts/messages.ts';
import { pageHeader } from './parts/page-header.ts';
import { rowDigestsOfPages } from './parts/row-digests.ts';
import { rowEvidence } from './parts/row-evidence.ts';
import { vectors } from './parts/vectors.ts';
import { pagesKept } from './parts/verify-page.ts';

await t.test('vectors', vectors);
await t.test('keys', keys);
await t.test('messages', messages);
await t.test('page header', pageHeader);
await t.test('row digests', rowDigestsOfPages);
await t.test('pages kept', pagesKept);
await t.test('row evidence', rowEvidence);
await t.test('documents', documents);
await t.test('cursor seal', cursorSeal);
