import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Runs a database's own command-line client on a script; rejects with what it said when it fails. */
export async function runClient(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  script: string,
): Promise<string> {
  const { PATH } = process.env;
  const child = spawn(command, args, { env: { PATH, LANG: 'C.UTF-8', ...environment } });
  const output = { out: '', error: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.error += text));
  // One that stops at a statement does not read what comes after it.
  child.stdin.on('error', () => undefined);
  child.stdin.end(script);
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${output.error}${output.out}`);
  return output.out;
}
