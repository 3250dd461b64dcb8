import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Test } from 'tap';
import { pidIn } from './pid-in.ts';
import { temporaryParent } from './temporary-parent.ts';

/** A systemd of one test's own (`.ci/systemd`), apart from the machine's; gone with the test. */
export interface OwnSystemd {
  /** Runs a command in it, as root, and tells how it ended. */
  readonly run: (...command: readonly string[]) => Promise<CommandEnd>;
  /** Its root, as seen from here. */
  readonly root: string;
  /** Writes a file in it, with the folders on the way. */
  readonly write: (file: string, text: string | Uint8Array, mode?: number) => void;
}

export interface CommandEnd {
  /** Null when it was killed. */
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Null where the environment does not ask for it: then the test is skipped, loudly. */
export async function ownSystemd(t: Test): Promise<OwnSystemd | null> {
  if (process.env['GUARITA_TEST_SYSTEMD'] === undefined) {
    const why =
      'GUARITA_TEST_SYSTEMD is not set: the service is not tested (as root, .ci/systemd starts a systemd)';
    process.stderr.write(`${t.name}: ${why}\n`);
    t.plan(0, why);
    return null;
  }
  const parent = mkdtempSync(join(temporaryParent(), 'guarita-systemd-'));
  const folder = join(parent, 'systemd');
  const script = join(import.meta.dirname, '..', '..', '.ci', 'systemd');
  const started = await end(script, [folder]);
  if (started.code !== 0) throw new Error(started.stderr);
  const pid = pidIn(join(folder, 'systemd.pid'));
  t.teardown(() => {
    process.kill(pid, 'SIGKILL');
    rmSync(parent, { recursive: true, force: true, maxRetries: 10 });
  });
  const root = `/proc/${pid}/root`;
  return {
    root,
    run: (...command) => end('nsenter', ['--target', String(pid), '--all', '--', ...clean, ...command]),
    write(file, text, mode = 0o644) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text, { mode });
    },
  };
}

/** As who logs in there: not what tap tells all that is started here, which names files that need not be there. */
const clean = [
  'env',
  '-i',
  'HOME=/root',
  'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
];

function end(program: string, args: readonly string[]): Promise<CommandEnd> {
  return new Promise((resolve) => {
    execFile(program, args, { maxBuffer: 16 * 1024 * 1024 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : null;
      resolve({ code, signal: error?.signal ?? null, stdout, stderr });
    });
  });
}
