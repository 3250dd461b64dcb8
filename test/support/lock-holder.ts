import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Test } from 'tap';

const stateFile = join(import.meta.dirname, '..', '..', 'shared', 'state-file.ts');

/** Another process that holds central's folder, until `release` or the end of the test. */
export async function holdFolder(t: Test, folder: string): Promise<{ release(): Promise<void> }> {
  const program = `
    const { lockFolder } = await import(${JSON.stringify(stateFile)});
    // Kept: a lock that nobody refers to is let go when its memory is collected.
    globalThis.lock = lockFolder(${JSON.stringify(folder)}, 'central');
    console.log(globalThis.lock === null ? 'refused' : 'held');
    process.stdin.resume();`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  t.teardown(() => child.kill('SIGKILL'));
  const [answer] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
  if (answer.trim() !== 'held') throw new Error(answer);
  return {
    async release() {
      child.stdin.end();
      await once(child, 'close');
    },
  };
}
