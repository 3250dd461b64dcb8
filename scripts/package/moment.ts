import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { root } from './programs.ts';

/**
 * When what is packaged was written: SOURCE_DATE_EPOCH when that is set, else the date of the last commit, so that the
 * same source gives the same files whenever they are made.
 */
export async function sourceMoment(): Promise<string> {
  const seconds = process.env['SOURCE_DATE_EPOCH'] ?? (await commitSeconds());
  return new Date(Number(seconds) * 1000).toISOString();
}

async function commitSeconds(): Promise<string> {
  const { stdout } = await promisify(execFile)('git', ['log', '-1', '--format=%ct'], { cwd: root });
  return stdout.trim();
}
