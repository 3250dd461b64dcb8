import { pipeline } from 'node:stream/promises';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { timed, type Usage, UsageMeter } from './measure.ts';
import { say } from './say.ts';
import { type Bench, connect } from './setup.ts';

/** The initial load, the same again with nothing changed, and a poll that finds 1,000 changes. */
export async function loadPart(bench: Bench): Promise<Record<string, object>> {
  const { rows } = bench;
  const limit = await limitSeconds(bench);
  const load = await collected(bench);
  const rowsPerSecond = rows / load.viewSeconds;
  const limitRowsPerSecond = rows / limit.first;
  say('load', {
    'rows/s': rowsPerSecond,
    'limit rows/s': limitRowsPerSecond,
    ratio: rowsPerSecond / limitRowsPerSecond,
    'whole command s': load.seconds,
    ...usageOf(load),
  });
  // A cycle would begin at the last one's bound: nothing changed, and everything read, is a new state folder's case.
  const again = await collected(bench, { fromStart: true });
  say('again, nothing changed', {
    'rows/s': rows / again.viewSeconds,
    ratio: rows / again.viewSeconds / (rows / limit.again),
    'limit rows/s': rows / limit.again,
    unchanged: again.view.unchanged,
    ...usageOf(again),
  });
  await bench.source.query(`UPDATE tb_custodiado SET alcunhas = 'mudou', atualizado_em = now() - interval '2 minutes'
    WHERE id % ${Math.floor(rows / 1000)} = 1`);
  const poll = await collected(bench);
  say('poll of 1,000 changes', {
    seconds: poll.viewSeconds,
    changed: poll.view.changed,
    read: poll.view.rows,
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
    },
    reload: {
      rowsPerSecond: rows / again.viewSeconds,
      limitRowsPerSecond: rows / limit.again,
      unchanged: again.view.unchanged,
    },
    poll: {
      seconds: poll.viewSeconds,
      commandSeconds: poll.seconds,
      changed: poll.view.changed,
      rowsRead: poll.view.rows,
    },
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
  readonly agent: Usage;
  readonly central: Usage;
}

async function collected(bench: Bench, options: { fromStart?: boolean } = {}): Promise<Collected> {
  // Another loads count than the checkpoint's makes central read anew, as it does with a base that was restored.
  if (options.fromStart === true) await bench.base.query('UPDATE guarita.view SET loads = 0, cursor = NULL');
  const meter = new UsageMeter(bench.agent.process);
  const before = meter.stop().cpuSeconds;
  const agent = new UsageMeter(bench.agent.process);
  const central = await timed('central', bench.collect);
  const usage = agent.stop();
  const [source] = JSON.parse(central.output) as { views: ViewFigures[] }[];
  const view = source?.views[0];
  if (view === undefined) throw new Error('central collected no view');
  return {
    viewSeconds: view.seconds,
    seconds: central.seconds,
    view,
    agent: { ...usage, cpuSeconds: usage.cpuSeconds - before },
    central,
  };
}

/**
 * The limit beside it: COPY out piped into COPY in of a staging table, and one INSERT … ON CONFLICT from there, into
 * an empty table of the same columns and key and then once more. No digest, no signature, no second program.
 */
async function limitSeconds(bench: Bench): Promise<{ first: number; again: number }> {
  const target = await connect(bench.server.url('limite'));
  try {
    await target.query(`CREATE TABLE alvo (id text COLLATE "C" PRIMARY KEY, nome text, nome_mae text,
        data_nascimento text, sexo text, cpf text, rg text, naturalidade_ibge text, rji text, estado_civil text,
        alcunhas text, atualizado_em text);
      CREATE UNLOGGED TABLE staging (LIKE alvo)`);
    const first = await copyAndMerge(bench, target);
    const again = await copyAndMerge(bench, target);
    return { first, again };
  } finally {
    await target.end();
  }
}

const columns = `nome, nome_mae, data_nascimento, sexo, cpf, rg, naturalidade_ibge, rji, estado_civil, alcunhas,
  atualizado_em`;

async function copyAndMerge(bench: Bench, target: Awaited<ReturnType<typeof connect>>): Promise<number> {
  const started = performance.now();
  await target.query('TRUNCATE staging');
  const out = bench.source.query(copyTo('COPY (SELECT * FROM custodiado) TO STDOUT'));
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
