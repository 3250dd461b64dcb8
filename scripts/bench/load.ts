import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import type { Service } from '../demo/processes.ts';
import { deploy } from './deployment.ts';
import { timed, type Usage, UsageMeter } from './measure.ts';
import { say } from './say.ts';
import { type Bench, connect } from './setup.ts';
import { type PostgresBenchSource, postgresSource } from './sources/postgres.ts';

/** The initial load, the same again with nothing changed, a poll that finds 1,000 changes, and one of a hundredth. */
export async function loadPart(bench: Bench): Promise<Record<string, object>> {
  const source = await postgresSource(bench, 'estado');
  const base = await bench.createDatabase('nacional');
  const { config } = source;
  const deployment = await deploy({
    ...{ folder: bench.folder, name: 'carga', source: config, base, basePassword: bench.passwordFile },
  });
  const agent = await deployment.startAgent();
  const client = await connect(bench.server.url('nacional'));
  try {
    return await measure({ bench, source, agent, base: client, collect: [...deployment.central, 'collect'] });
  } finally {
    await agent.stop();
    await client.end();
    await source.close();
  }
}

/** A deployment that loads one view. */
interface Scene {
  readonly bench: Bench;
  readonly source: PostgresBenchSource;
  readonly agent: Service;
  /** The base, by another connection. */
  readonly base: Client;
  /** Arguments of `central`. */
  readonly collect: readonly string[];
}

async function measure(scene: Scene): Promise<Record<string, object>> {
  const { bench, source } = scene;
  const { rows } = bench;
  const limit = await limitSeconds(bench, source.client);
  const load = await collected(scene);
  const rowsPerSecond = rows / load.viewSeconds;
  const limitRowsPerSecond = rows / limit.first;
  say('load', {
    'rows/s': rowsPerSecond,
    'limit rows/s': limitRowsPerSecond,
    ratio: rowsPerSecond / limitRowsPerSecond,
    'whole command s': load.seconds,
    'WAL MB': load.walMb,
    ...usageOf(load),
  });
  // A cycle would begin at the last one's bound: nothing changed, and everything read, is a new state folder's case.
  const again = await collected(scene, { fromStart: true });
  say('again, nothing changed', {
    'rows/s': rows / again.viewSeconds,
    ratio: rows / again.viewSeconds / (rows / limit.again),
    'limit rows/s': rows / limit.again,
    unchanged: again.view.unchanged,
    'WAL MB': again.walMb,
    ...usageOf(again),
  });
  await source.execute(`UPDATE tb_custodiado SET alcunhas = 'mudou', atualizado_em = now() - interval '2 minutes'
    WHERE id % ${Math.floor(rows / 1000)} = 1`);
  const poll = await collected(scene);
  say('poll of 1,000 changes', {
    seconds: poll.viewSeconds,
    changed: poll.view.changed,
    read: poll.view.rows,
  });
  await source.execute(`UPDATE tb_custodiado SET alcunhas = 'mudou', atualizado_em = now() - interval '1 minute'
    WHERE id % 100 = 2`);
  const hundredth = await collected(scene);
  say('1 % changed', {
    seconds: hundredth.viewSeconds,
    changed: hundredth.view.changed,
    read: hundredth.view.rows,
    'WAL MB': hundredth.walMb,
  });
  return {
    load: {
      rowsPerSecond,
      limitRowsPerSecond,
      ratio: rowsPerSecond / limitRowsPerSecond,
      agentPeakMb: load.agent.peakMb,
      centralPeakMb: load.central.peakMb,
      agentCpuSeconds: load.agent.cpuSeconds,
      centralCpuSeconds: load.central.cpuSeconds,
      commandSeconds: load.seconds,
      walMb: load.walMb,
    },
    reload: {
      rowsPerSecond: rows / again.viewSeconds,
      limitRowsPerSecond: rows / limit.again,
      unchanged: again.view.unchanged,
      walMb: again.walMb,
    },
    poll: {
      seconds: poll.viewSeconds,
      commandSeconds: poll.seconds,
      changed: poll.view.changed,
      rowsRead: poll.view.rows,
    },
    hundredth: { seconds: hundredth.viewSeconds, changed: hundredth.view.changed, walMb: hundredth.walMb },
  };
}

interface ViewFigures {
  readonly rows: number;
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly seconds: number;
}

interface Collected {
  /** Seconds from the first request to the last checkpoint, without the start of the process. */
  readonly viewSeconds: number;
  readonly seconds: number;
  readonly view: ViewFigures;
  /** Written by the base. */
  readonly walMb: number;
  readonly agent: Usage;
  readonly central: Usage;
}

async function collected(
  { base, agent: service, collect }: Scene,
  options: { fromStart?: boolean } = {},
): Promise<Collected> {
  // Another loads count than the checkpoint's makes central read anew, as it does with a base that was restored.
  if (options.fromStart === true) await base.query('UPDATE guarita.view SET loads = 0, cursor = NULL');
  const wal = await walOf(base);
  const meter = new UsageMeter(service.process);
  const before = meter.stop().cpuSeconds;
  const agent = new UsageMeter(service.process);
  const central = await timed('central', [...collect, '--json']);
  const usage = agent.stop();
  const [source] = JSON.parse(central.output) as { views: ViewFigures[] }[];
  const view = source?.views[0];
  if (view === undefined) throw new Error('central collected no view');
  return {
    viewSeconds: view.seconds,
    seconds: central.seconds,
    view,
    walMb: (await walOf(base)) - wal,
    agent: { ...usage, cpuSeconds: usage.cpuSeconds - before },
    central,
  };
}

/** Megabytes that the server of the base has ever written to its log. */
async function walOf(base: Client): Promise<number> {
  const { rows } = await base.query<{ mb: number }>(
    `SELECT (pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') / 1048576)::float8 AS mb`,
  );
  return rows[0]?.mb ?? 0;
}

/**
 * The limit beside it: COPY out piped into COPY in of a staging table, and one INSERT … ON CONFLICT from there, into
 * an empty table of the same columns and key and then once more. No digest, no signature, no second program.
 */
async function limitSeconds(bench: Bench, source: Client): Promise<{ first: number; again: number }> {
  await bench.createDatabase('limite');
  const target = await connect(bench.server.url('limite'));
  try {
    await target.query(`CREATE TABLE alvo (id text COLLATE "C" PRIMARY KEY, nome text, nome_mae text,
        data_nascimento text, sexo text, cpf text, rg text, naturalidade_ibge text, rji text, estado_civil text,
        alcunhas text, atualizado_em text);
      CREATE UNLOGGED TABLE staging (LIKE alvo)`);
    const first = await copyAndMerge(source, target);
    const again = await copyAndMerge(source, target);
    return { first, again };
  } finally {
    await target.end();
  }
}

const columns = `nome, nome_mae, data_nascimento, sexo, cpf, rg, naturalidade_ibge, rji, estado_civil, alcunhas,
  atualizado_em`;

async function copyAndMerge(source: Client, target: Client): Promise<number> {
  const started = performance.now();
  await target.query('TRUNCATE staging');
  const out = source.query(copyTo('COPY (SELECT * FROM custodiado) TO STDOUT'));
  await pipeline(out, target.query(copyFrom('COPY staging FROM STDIN')));
  const set = columns.split(',').map((name) => `${name.trim()} = excluded.${name.trim()}`);
  await target.query(`INSERT INTO alvo SELECT * FROM staging ON CONFLICT (id) DO UPDATE SET ${set.join(', ')}
    WHERE (${columns
      .split(',')
      .map((name) => `alvo.${name.trim()}`)
      .join(', ')})
      IS DISTINCT FROM (${columns
        .split(',')
        .map((name) => `excluded.${name.trim()}`)
        .join(', ')})`);
  return (performance.now() - started) / 1000;
}

function usageOf({ agent, central }: Collected): Record<string, number> {
  return {
    'agent CPU s': agent.cpuSeconds,
    'agent peak MB': agent.peakMb,
    'central CPU s': central.cpuSeconds,
    'central peak MB': central.peakMb,
  };
}
