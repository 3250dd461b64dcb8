import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Test } from 'tap';
import type { Environment } from '../../shared/options/environment.ts';
import { programEnvironment } from './program-process.ts';

/** Keys as a terminal sends them. */
export const keys = { enter: '\r', down: '\u001B[B', up: '\u001B[A', clear: '\u0015', interrupt: '\u0003' };

/** A person at a terminal of 80 columns: reads what is shown, and types. */
export interface Person {
  /** Waits until this is shown, after what was seen before. */
  sees(text: string): Promise<void>;
  types(text: string): void;
  /** The next question has this in it; the answer is typed. */
  answers(question: string, answer: string): Promise<void>;
  /** Its exit code; all that was shown is in `shown`. */
  leaves(): Promise<number>;
  shown(): string;
}

/** Starts a program in a pseudo-terminal, by util-linux's `script`, which Debian always has. */
export function atTerminal(
  t: Test,
  program: 'agent' | 'central',
  args: readonly string[],
  environment: Environment = {},
): Person {
  const main = join(import.meta.dirname, '..', '..', program, 'main.ts');
  const command = [process.execPath, main, ...args].map(quoted).join(' ');
  const child = spawn('script', ['-qec', `stty cols 80 rows 40; exec ${command}`, '/dev/null'], {
    env: { ...programEnvironment(), TERM: 'xterm', SHELL: '/bin/sh', ...environment },
  });
  t.teardown(() => child.kill('SIGKILL'));
  let raw = '';
  let seen = 0;
  let ended = false;
  let look = () => undefined as void;
  const changed = () => look();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    raw += text;
    changed();
  });
  const closed = once(child, 'close').then(([code]) => {
    ended = true;
    changed();
    return code as number;
  });
  const shown = () => stripVTControlCharacters(raw).replaceAll('\r', '');
  const person: Person = {
    sees: (text) =>
      new Promise((resolve, reject) => {
        look = () => {
          const at = shown().indexOf(text, seen);
          if (at >= 0) seen = at + text.length;
          else if (!ended) return;
          look = () => undefined;
          if (at >= 0) resolve();
          else reject(new Error(`never shown: ${text}\n${shown()}`));
        };
        look();
      }),
    types: (text) => {
      seen = shown().length;
      child.stdin.write(text);
    },
    answers: async (question, answer) => {
      await person.sees(question);
      person.types(answer);
    },
    leaves: () => closed,
    shown,
  };
  return person;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
