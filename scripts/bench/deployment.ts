import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { daysAgo } from '../../shared/day.ts';
import { freePort, run, type Service, start } from '../demo/processes.ts';

export interface DeploymentOptions {
  readonly folder: string;
  /** Tells it from other deployments in the same folder. */
  readonly name: string;
  /** `source` of the agent's configuration. */
  readonly source: object;
  /** Address of the base, without its password, and the file that holds that. */
  readonly base: string;
  readonly basePassword: string;
  /** Address of what central takes for the agent, when a line lies between. */
  readonly line?: (agentPort: number) => Promise<string>;
}

/** An agent on one view and a central that is enrolled with it, as real processes with the real commands. */
export interface Deployment {
  readonly agentPort: number;
  /** Arguments of `central`, up to the command. */
  readonly central: readonly string[];
  startAgent(): Promise<Service>;
}

export async function deploy(options: DeploymentOptions): Promise<Deployment> {
  const { folder, name, source, base, basePassword } = options;
  const file = (end: string) => join(folder, `${name}-${end}`);
  const port = await freePort();
  const address = await options.line?.(port);
  const log = { level: 'warn' };
  const agent = {
    ...{ id: 'AL', uf: 'AL', state: file('agent') },
    listen: { host: '127.0.0.1', port },
    source,
    views: [{ name: 'custodiado', key: ['id'], watermark: 'atualizado_em' }],
    log,
  };
  writeFileSync(file('agent.yaml'), stringify(agent));
  const password = { file: basePassword };
  writeFileSync(file('central.yaml'), stringify({ state: file('central'), base: { password }, log }));
  const centralArgs = ['--config', file('central.yaml'), '--base', base];
  const agentArgs = ['--config', file('agent.yaml')];
  const startAgent = () => start('agent', ['serve', ...agentArgs]);
  const begin = daysAgo(0);
  await run('central', [
    ...[...centralArgs, 'source', 'invite', 'AL', '--act', 'BENCH', '--begin', begin, '--months', '60'],
    ...['--views', 'custodiado', '--out', file('convite.json')],
  ]);
  const said = await run('agent', [
    ...['init', '--invite', file('convite.json'), ...agentArgs, '--out', file('resposta.json')],
    ...(address === undefined ? [] : ['--address', address]),
  ]);
  const code = /^ {4}([\d ]{35})$/m.exec(said)?.[1] ?? '';
  const first = await startAgent();
  await run('central', [...centralArgs, 'source', 'accept', file('resposta.json'), '--code', code]);
  await first.stop();
  return { agentPort: port, central: centralArgs, startAgent };
}
