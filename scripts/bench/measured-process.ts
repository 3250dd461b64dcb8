import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Usage, UsageMeter } from './measure.ts';

/**
 * What a script tells of its work as JSON, with what its process used: it is told its order as JSON, and is a process of
 * its own so that the peak is of that work alone. Throws where it fails.
 */
export async function measuredProcess<Figures extends object>(
  script: string,
  order: object,
  flags: readonly string[] = [],
): Promise<Figures & Usage> {
  const args = [...flags, script, JSON.stringify(order)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const meter = new UsageMeter(child);
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const [code] = (await once(child, 'close')) as [number];
  const usage = meter.stop();
  if (code !== 0) throw new Error(`${script} ended with ${code}`);
  return { ...(JSON.parse(output) as Figures), ...usage };
}
