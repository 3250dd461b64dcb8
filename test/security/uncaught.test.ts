// Tier: quick. Two real processes, each ended by an error that nobody could catch; `uncaught.long.test.ts` ends both in both ways.
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { isLong } from '../support/runs.ts';
import { temporaryFolder } from '../support/sqlite-views.ts';

// Invariant 10: an error that nobody catches, as a driver throws one in a listener of its own, ends the program. What
// Node would print of it then is its message and all that it carries.

const root = join(import.meta.dirname, '..', '..');

/** Loaded before the program: throws, where nobody catches it, when that has nothing left to do. */
const fault = `process.once('beforeExit', () => {
  const error = Object.assign(new Error('Nome: Fulano de Tal'), { code: 'ER_X', sql: "SELECT 'Fulano de Tal'" });
  HOW;
});`;

// What ends them is the same code: one way each shows that both programs have it.
const all = ['throw error', 'Promise.reject(error)'];
const ways = isLong ? { agent: all, central: all } : { agent: all.slice(1), central: all.slice(0, 1) };

for (const program of ['agent', 'central'] as const) {
  for (const how of ways[program]) {
    await t.test(`${program}: ${how}`, async (t) => {
      const preloaded = join(temporaryFolder(t), 'fault.mjs');
      writeFileSync(preloaded, fault.replace('HOW', how));
      const args = ['--import', preloaded, join(root, program, 'main.ts'), '--version'];
      const { code, stderr } = await new Promise<{ code: unknown; stderr: string }>((resolve) => {
        execFile(process.execPath, args, (error, _, stderr) => resolve({ code: error?.code, stderr }));
      });
      t.equal(code, 1, 'it fails');
      t.notMatch(stderr, /Fulano/);
      t.match(
        stderr,
        /^✗ .*\n {2}Error ER_X\n {4}at /,
        'with what may be told of it, and where it was thrown',
      );
    });
  }
}
