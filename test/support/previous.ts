import { once } from 'node:events';
import { join } from 'node:path';
import type { Test } from 'tap';
import { namedServer } from './named-server.ts';
import { type Ended, runPackaged, type Started, startPackaged } from './packaged.ts';

/** The programs of the release before, as processes: what is in the field when this one comes. */
export interface Previous {
  agent(...args: string[]): Promise<Ended>;
  central(...args: string[]): Promise<Ended>;
  /** Starts its agent; resolves once it listens. */
  serve(config: string): Promise<Started>;
}

/** Null where the environment does not name a folder with them: then the test is skipped, loudly. */
export function previousRelease(t: Test): Previous | null {
  const folder = namedServer(
    t,
    'GUARITA_TEST_PREVIOUS',
    'nothing is tested with the release before (.ci/previous FOLDER puts it there)',
  );
  if (folder === null) return null;
  const { PATH = '' } = process.env;
  const environment = { PATH };
  const command = (program: 'agent' | 'central', args: readonly string[]) => [
    ...[join(folder, program, 'main.ts'), ...args],
  ];
  return {
    agent: (...args) => runPackaged(t, process.execPath, command('agent', args), { environment }),
    central: (...args) => runPackaged(t, process.execPath, command('central', args), { environment }),
    serve: async (config) => {
      const agent = startPackaged(t, process.execPath, command('agent', ['serve', '-c', config]), {
        environment,
      });
      const ended = agent.ended.then(({ stderr }) =>
        Promise.reject(new Error(`the agent ended:\n${stderr}`)),
      );
      if (agent.child.stdout === null) throw new Error('no standard output');
      await Promise.race([once(agent.child.stdout, 'data'), ended]);
      ended.catch(() => undefined);
      return agent;
    },
  };
}

/** What a command of the release before printed, which has to succeed. */
export function mustHave({ code, stdout, stderr }: Ended): string {
  if (code === 0) return stdout;
  throw new Error(`exit code ${code}\n${stdout}\n${stderr}`);
}
