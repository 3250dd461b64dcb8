import { readFileSync } from 'node:fs';

/** The process that a file names. Throws where it names none: a signal to process 0 goes to everybody here. */
export function pidIn(file: string): number {
  const pid = Number(readFileSync(file, 'utf8'));
  if (!Number.isInteger(pid) || pid < 2) throw new Error(`${file} names no process`);
  return pid;
}
