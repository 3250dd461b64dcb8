import { execFile } from 'node:child_process';
import { GuaritaError } from '../../shared/errors.ts';
import type { Environment } from '../../shared/options/environment.ts';

/** Runs a program of the system; no shell is in between. Throws `service-failed` with what it said. */
export type RunTool = (program: string, args: readonly string[], options?: ToolOptions) => Promise<string>;

interface ToolOptions {
  readonly seconds?: number;
}

/** @param environment of which only the search path is passed on */
export function toolRunner(environment: Environment): RunTool {
  const { PATH = '/usr/sbin:/usr/bin:/sbin:/bin' } = environment;
  // Their answers are read here, so in no language but their own.
  const env = { PATH, LC_ALL: 'C', SYSTEMD_PAGER: '', SYSTEMD_COLORS: '0' };
  return (program, args, { seconds = 60 } = {}) =>
    new Promise((resolve, reject) => {
      execFile(program, args, { env, timeout: seconds * 1000 }, (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else reject(failure(program, args, error, stderr, seconds));
      });
    });
}

function failure(
  program: string,
  args: readonly string[],
  error: Error & { killed?: boolean },
  stderr: string,
  seconds: number,
): GuaritaError {
  const said = stderr.trim() || (error.killed === true ? `sem resposta em ${seconds} s` : error.message);
  return new GuaritaError('service-failed', `${[program, ...args].join(' ')}: ${said}`, { cause: error });
}

/** Whether it ends well; what it says does not matter. */
export async function succeeds(run: RunTool, program: string, args: readonly string[]): Promise<boolean> {
  return run(program, args).then(
    () => true,
    () => false,
  );
}
