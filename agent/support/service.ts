import { existsSync } from 'node:fs';
import { layout, serviceName } from '../service/layout.ts';
import { toolRunner } from '../service/run-tool.ts';
import { toldLines } from './log.ts';
import type { Place } from './place.ts';

/** How much of the log goes in. */
const lastLines = 500;

const notInstalled = 'o agente não está instalado como serviço desta máquina';

const properties = [
  ...['ActiveState', 'SubState', 'Result', 'ExecMainStatus', 'NRestarts'],
  ...['ActiveEnterTimestamp', 'MemoryPeak', 'UnitFileState', 'DropInPaths'],
];

/** How systemd says that the service is. */
export async function serviceFacts({ context }: Place): Promise<object | string> {
  if (!existsSync(layout.unit)) return notInstalled;
  const asked = properties.map((name) => `--property=${name}`);
  const said = await toolRunner(context.environment)('systemctl', ['show', serviceName, ...asked]);
  return Object.fromEntries(
    said.split('\n').flatMap((line) => [...line.matchAll(/^(\w+)=(.*)$/g)].map(pair)),
  );
}

/** The end of the service's log; there is none that the program knows of where it is no service. */
export async function logLines({ context }: Place): Promise<string[] | string> {
  if (!existsSync(layout.unit)) return notInstalled;
  const args = ['--unit', serviceName, '--lines', String(lastLines), '--no-pager', '--output', 'short-iso'];
  return toldLines(await toolRunner(context.environment)('journalctl', args));
}

function pair([, name = '', value = '']: RegExpMatchArray): [string, string] {
  return [name, value];
}
