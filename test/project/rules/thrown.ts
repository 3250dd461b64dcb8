import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Test } from 'tap';

const root = join(import.meta.dirname, '..', '..', '..');

/** Tests that leave it to tap to find out, each in a way of its own, and one of which nothing is wrong. */
const tests = `
  import t from 'tap';
  const later = (work) => new Promise(() => setTimeout(work, 1));
  const fail = (text) => { throw new Error(text); };
  t.test('outer', async (t) => {
    t.teardown(() => console.log('# teardown'));
    await t.test('timer', () => later(() => fail('in timer')));
    t.pass('goes on');
  });
  t.test('microtask', () => later(() => queueMicrotask(() => fail('in microtask'))));
  t.test('rejection', () => later(() => void Promise.reject(new Error('in rejection'))));
  t.test('well', async (t) => { t.pass('is well'); });`;

/** What nobody catches fails the test that it comes from, which is torn down, and no other (`error-domain.ts`). */
export function thrown(t: Test): void {
  const args = ['--import=./test/support/unrecorded.ts', '--input-type=module', '--eval', tests];
  const { stdout, status } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  const told = stdout.matchAll(/^ *((?:not )?ok \d+ - [\w ]+?|# teardown)(?: # time=.*)?$/gm);
  t.same(
    [...told].map(([, line]) => line),
    [
      ...['not ok 1 - in timer', 'not ok 1 - timer', 'ok 2 - goes on', '# teardown', 'not ok 1 - outer'],
      ...[
        'not ok 1 - in microtask',
        'not ok 2 - microtask',
        'not ok 1 - in rejection',
        'not ok 3 - rejection',
      ],
      ...['ok 1 - is well', 'ok 4 - well'],
    ],
  );
  t.equal(status, 1);
  t.end();
}
