import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { commandLine, type ProgramName } from '../demo/processes.ts';

/** What a process used, by the kernel's own accounting (Linux). */
export interface Usage {
  readonly cpuSeconds: number;
  readonly peakMb: number;
}

const ticksPerSecond = 100;

/** Samples /proc of a process: its CPU seconds so far and its peak resident memory. */
export class UsageMeter {
  readonly #pid: number;
  readonly #timer: NodeJS.Timeout;
  #cpuSeconds = 0;
  #peakMb = 0;

  constructor(child: ChildProcess) {
    this.#pid = child.pid ?? 0;
    this.#timer = setInterval(() => this.#sample(), 20);
  }

  stop(): Usage {
    this.#sample();
    clearInterval(this.#timer);
    return { cpuSeconds: this.#cpuSeconds, peakMb: this.#peakMb };
  }

  #sample(): void {
    try {
      const status = readFileSync(`/proc/${this.#pid}/status`, 'utf8');
      this.#peakMb = Math.max(this.#peakMb, Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024);
      // The name of the process, in parentheses, may hold spaces: the fields are counted after it.
      const fields = readFileSync(`/proc/${this.#pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      this.#cpuSeconds = (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
    } catch {
      // The process has ended: the last sample, at most 20 ms old, stands.
    }
  }
}

export interface Timed extends Usage {
  readonly seconds: number;
  readonly output: string;
}

/** Runs a program of this project to its end; throws with its errors when it fails. */
export async function timed(program: ProgramName, args: readonly string[]): Promise<Timed> {
  const [command, ...all] = commandLine(program, args);
  const child = spawn(command, all, { stdio: ['ignore', 'pipe', 'inherit'] });
  const meter = new UsageMeter(child);
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const started = performance.now();
  const [code] = (await once(child, 'close')) as [number];
  const seconds = (performance.now() - started) / 1000;
  const usage = meter.stop();
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${output}`);
  return { ...usage, seconds, output };
}
