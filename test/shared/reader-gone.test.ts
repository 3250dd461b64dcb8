// Tier: quick. Four short processes; `reader-gone.long.test.ts` has six.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import t from 'tap';
import { isLong } from '../support/runs.ts';
import { temporaryFolder } from '../support/sqlite-views.ts';

const root = join(import.meta.dirname, '..', '..');

/** A pipe that can be written to, and that nobody reads any more. */
function pipeWithoutReader(folder: string): number {
  const path = join(folder, 'pipe');
  execFileSync('mkfifo', [path]);
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = openSync(path, 'w');
  closeSync(reader);
  return writer;
}

/** All that a process says on the stream that is heard, and its exit code. */
async function endOf(child: ChildProcess): Promise<{ said: string; code: unknown }> {
  const heard = child.stdout ?? child.stderr;
  const [said, [code]] = await Promise.all([heard === null ? '' : text(heard), once(child, 'close')]);
  return { said, code };
}

const ended = { said: '', code: 141 };

// What prints the help, and what prints what a command has to tell; of one program each in the quick tier.
const help = ['--help'];
const commands = isLong
  ? { agent: [help, ['sql', '--engine', 'sqlserver']], central: [help, ['collect', '--help']] }
  : { agent: [['sql', '--engine', 'sqlserver']], central: [help] };

// `guarita-central --help | head -1`, where `head` is faster.
for (const program of ['agent', 'central'] as const) {
  const main = join(root, program, 'main.ts');
  for (const args of commands[program]) {
    await t.test(`${program} ${args.join(' ')}: its reader has gone`, async (t) => {
      const pipe = pipeWithoutReader(temporaryFolder(t));
      const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', pipe, 'pipe'] });
      closeSync(pipe);
      t.strictSame(await endOf(child), ended, 'it ends as by SIGPIPE, and says nothing');
    });
  }
  await t.test(`${program}: whom it tells of an error has gone`, async (t) => {
    const pipe = pipeWithoutReader(temporaryFolder(t));
    const child = spawn(process.execPath, [main, 'nada'], { stdio: ['ignore', 'pipe', pipe] });
    closeSync(pipe);
    t.strictSame(await endOf(child), ended);
  });
}
