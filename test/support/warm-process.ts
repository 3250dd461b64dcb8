import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Test } from 'tap';
import { nodeFlags } from '../../scripts/demo/processes.ts';
import type { FromHost, ToHost } from './program-host.ts';
import { programEnvironment } from './program-process.ts';
import { isLong } from './runs.ts';

const host = join(import.meta.dirname, 'program-host.ts');

export interface Finished {
  /** Null when it was killed before it ended. */
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** A process of its own that runs one command after the other, until it is killed. */
export class WarmProcess {
  readonly #child: ChildProcess;
  readonly #gone: Promise<unknown>;

  constructor(environment: Readonly<Record<string, string>>) {
    // What it writes by itself is its log, which these tests have turned off, or the reason of a crash.
    const stdio = ['ignore', 'ignore', 'inherit', 'ipc'] as const;
    this.#child = fork(host, [], {
      // As production has them, so that memory is as small; in the quick tier they would take a quarter more of the processor.
      execArgv: isLong ? [...nodeFlags] : [],
      env: { ...programEnvironment(), ...environment },
      stdio: [...stdio],
    });
    this.#gone = once(this.#child, 'exit');
  }

  get isGone(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** Starts a command; `printed` resolves with its first line, `finished` when it has ended or was killed. */
  start(message: ToHost): { readonly printed: Promise<string>; readonly finished: Promise<Finished> } {
    const printed = Promise.withResolvers<string>();
    const finished = Promise.withResolvers<Finished>();
    const onMessage = (answer: FromHost) => {
      if ('printed' in answer) return printed.resolve(answer.printed);
      this.#child.off('message', onMessage);
      printed.reject(new Error(answer.errors));
      finished.resolve(answer);
    };
    this.#child.on('message', onMessage);
    void this.#gone.then(() => {
      printed.reject(new Error('it was killed'));
      finished.resolve({ code: null, output: '', errors: '' });
    });
    printed.promise.catch(() => undefined);
    this.#child.send(message);
    return { printed: printed.promise, finished: finished.promise };
  }

  /** As a power cut would end it. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#gone;
  }
}

/** Keeps one process warm beside those that are used. */
export class WarmProcesses {
  readonly #environment: Readonly<Record<string, string>>;
  readonly #all: WarmProcess[] = [];
  #spare: WarmProcess;

  constructor(t: Test, environment: Readonly<Record<string, string>>) {
    this.#environment = environment;
    this.#spare = this.#make();
    t.teardown(() => Promise.all(this.#all.filter(({ isGone }) => !isGone).map((each) => each.kill())));
  }

  take(): WarmProcess {
    const taken = this.#spare;
    this.#spare = this.#make();
    return taken;
  }

  #make(): WarmProcess {
    const made = new WarmProcess(this.#environment);
    this.#all.push(made);
    return made;
  }
}
