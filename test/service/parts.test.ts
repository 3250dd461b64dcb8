// Tier: quick. In this process, without a server.
import t from 'tap';
import { credentialFiles } from './parts/credentials.ts';
import { firstLooks } from './parts/first-look.ts';
import { notifies } from './parts/notify.ts';
import { otherUsers } from './parts/other-user.ts';

await t.test('credentials', credentialFiles);
await t.test('first look', firstLooks);
await t.test('notify', notifies);
await t.test(
  'a folder of another user',
  { skip: process.getuid?.() !== 0 && 'only root can act as another' },
  otherUsers,
);
