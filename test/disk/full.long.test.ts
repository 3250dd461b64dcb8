// Tier: long. Whole lives over real processes and servers, on a disk of its own. Needs GUARITA_TEST_SMALL_DISK.
import t from 'tap';
import { namedServer } from '../support/named-server.ts';

const disk = namedServer(
  t,
  'GUARITA_TEST_SMALL_DISK',
  'neither the journal nor the audit is tested on a full disk (a mounted file system of a few megabytes, of which all is used)',
);

if (disk !== null) {
  // All of the disk is used: one after the other.
  const [{ journal }, { audit }] = await Promise.all([import('./journal.ts'), import('./audit.ts')]);
  await t.test('the journal of an agent', (t) => journal(t, disk));
  await t.test('the audit of the console', (t) => audit(t, disk));
}
