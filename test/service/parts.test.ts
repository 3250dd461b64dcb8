// Tier: quick. In this process, without a server.
import t from 'tap';
import { credentialFiles } from './parts/credentials.ts';
import { firstLooks } from './parts/first-look.ts';
import { notifies } from './parts/notify.ts';

await t.test('credentials', credentialFiles);
await t.test('first look', firstLooks);
await t.test('notify', notifies);
