import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
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
  /** What central takes for the agent, when a line lies between. */
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
  const url = (await options.line?.(port)) ?? `http://127.0.0.1:${port}`;
  const views = [{ name: 'custodiado', key: ['id'], watermark: 'atualizado_em' }];
  const log = { level: 'warn' };
  const agent = {
    id: 'AL',
    uf: 'AL',
    state: file('agent'),
    listen: { port, tls: false },
    source,
    views,
    log,
  };
  writeFileSync(file('agent.yaml'), stringify(agent));
  const entry = { uf: 'AL', url, agentKey: file('AL.jwk'), grant: file('AL.grant') };
  const password = { file: basePassword };
  const central = { state: file('central'), base: { password }, log, sources: [entry] };
  writeFileSync(file('central.yaml'), stringify(central));
  const centralArgs = ['--config', file('central.yaml'), '--base', base];
  const agentArgs = ['--config', file('agent.yaml')];
  writeFileSync(file('central.jwk'), await run('central', [...centralArgs, 'key']));
  writeFileSync(file('AL.jwk'), await run('agent', ['key', ...agentArgs]));
  const today = new Date().toISOString().slice(0, 8);
  await run('agent', [
    ...['grant', ...agentArgs, '--central', file('central.jwk'), '--out', file('AL.grant')],
    ...['--act', 'BENCH', '--begin', `${today}01`],
  ]);
  return {
    agentPort: port,
    central: centralArgs,
    startAgent: () => start('agent', ['serve', ...agentArgs]),
  };
}
