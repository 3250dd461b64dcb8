import { join } from 'node:path';
import { type CountingProxy, countingProxy } from './counting-proxy.ts';
import { type Deployment, deploy } from './deployment.ts';
import { timed, UsageMeter } from './measure.ts';
import { say } from './say.ts';
import { type Bench, connect } from './setup.ts';
import { createSqliteSource, withDatabase } from './sqlite-source.ts';

/** A source of the bench: what the agent is told of it, and a way to change rows behind its watermark. */
interface Source {
  readonly engine: 'postgres' | 'sqlite';
  readonly config: object;
  execute(sql: string): Promise<void>;
}

interface ReconcileFigures {
  readonly rowsPerSecond: number;
  /** Seconds from the first request to the last commit. */
  readonly seconds: number;
  /** Both ways, with headers. */
  readonly wireBytes: number;
  readonly agentPeakMb: number;
  readonly centralPeakMb: number;
  readonly new: number;
  readonly changed: number;
  readonly removed: number;
}

/**
 * Reconciliation of a view that is equal on both sides, of one in which a single row differs, and of one with a 1,000th
 * of the rows changed, a 2,000th removed and a 2,000th added behind the watermark; from each engine.
 */
export async function reconcilePart(bench: Bench): Promise<Record<string, object>> {
  const figures: Record<string, object> = {};
  for (const source of [await postgresSource(bench), sqliteSource(bench)]) {
    figures[`reconcile-${source.engine}`] = await measure(bench, source);
  }
  return { reconcile: figures };
}

async function measure(bench: Bench, source: Source): Promise<Record<string, ReconcileFigures>> {
  const database = `conferencia_${source.engine}`;
  const admin = await connect(bench.server.url('postgres'));
  await admin.query(`CREATE DATABASE ${database}`);
  await admin.end();
  let proxy: CountingProxy | undefined;
  const deployment = await deploy({
    ...{ folder: bench.folder, name: source.engine, source: source.config },
    base: `postgres://postgres@127.0.0.1:${bench.server.port}/${database}`,
    basePassword: bench.passwordFile,
    line: async (port) => {
      proxy = await countingProxy(port);
      return proxy.url;
    },
  });
  if (proxy === undefined) throw new Error('no line');
  try {
    const agent = await deployment.startAgent();
    await timed('central', [...deployment.central, 'collect', '--json']);
    await agent.stop();
    const base = await connect(bench.server.url(database));
    await base.query('VACUUM ANALYZE fonte_al.custodiado');
    await base.end();
    const equal = await reconciled(source, deployment, proxy, 'equal');
    await source.execute(`UPDATE tb_custodiado SET nome = 'OUTRO NOME' WHERE id = 4711`);
    const single = await reconciled(source, deployment, proxy, '1 changed');
    const every = Math.floor(bench.rows / 1000);
    await source.execute(`UPDATE tb_custodiado SET nome = nome || '.' WHERE id % ${every} = 7`);
    await source.execute(`DELETE FROM tb_custodiado WHERE id % ${2 * every} = 8`);
    await source.execute(`INSERT INTO tb_custodiado (id, nome, sexo, atualizado_em)
      SELECT id + ${bench.rows}, nome, sexo, atualizado_em FROM tb_custodiado WHERE id % ${2 * every} = 9`);
    const different = await reconciled(source, deployment, proxy, '0.2 % different');
    return { equal, single, different };
  } finally {
    proxy.close();
  }
}

/** Once, with an agent that was just started, so that its peak is that of the reconciliation. */
async function reconciled(
  source: Source,
  deployment: Deployment,
  proxy: CountingProxy,
  title: string,
): Promise<ReconcileFigures> {
  const agent = await deployment.startAgent();
  const meter = new UsageMeter(agent.process);
  proxy.take();
  const central = await timed('central', [...deployment.central, 'reconcile', '--json']);
  const wireBytes = proxy.take();
  const { peakMb } = meter.stop();
  await agent.stop();
  const [result] = JSON.parse(central.output) as {
    views: (ReconcileFigures & { kind: string; rows: number })[];
  }[];
  const view = result?.views.find(({ kind }) => kind === 'reconcile');
  if (view === undefined) throw new Error('central reconciled no view');
  const figures = {
    ...{ rowsPerSecond: view.rows / view.seconds, seconds: view.seconds, wireBytes },
    ...{ agentPeakMb: peakMb, centralPeakMb: central.peakMb },
    ...{ new: view.new, changed: view.changed, removed: view.removed },
  };
  say(`reconcile ${source.engine}, ${title}`, figures);
  return figures;
}

async function postgresSource(bench: Bench): Promise<Source> {
  return {
    engine: 'postgres',
    config: bench.sourceConfig,
    execute: async (sql) => void (await bench.source.query(sql)),
  };
}

function sqliteSource({ folder, rows }: Bench): Source {
  const file = join(folder, 'estado.sqlite');
  createSqliteSource(file, rows);
  return {
    engine: 'sqlite',
    config: { engine: 'sqlite', file, timeZone: 'UTC' },
    execute: (sql) => Promise.resolve(withDatabase(file, (db) => void db.exec(sql))),
  };
}
