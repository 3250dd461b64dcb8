import { type CountingProxy, countingProxy } from './counting-proxy.ts';
import { type Deployment, deploy } from './deployment.ts';
import { timed, UsageMeter } from './measure.ts';
import { say } from './say.ts';
import { type Bench, connect } from './setup.ts';
import type { BenchSource } from './sources/bench-source.ts';
import { postgresSource } from './sources/postgres.ts';
import { sqliteSource } from './sources/sqlite.ts';

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
  for (const open of [postgresSource, sqliteSource]) {
    const source = await open(bench, 'conferido');
    figures[`reconcile-${source.engine}`] = await measure(bench, source);
    await source.close();
  }
  return { reconcile: figures };
}

async function measure(bench: Bench, source: BenchSource): Promise<Record<string, ReconcileFigures>> {
  const database = `conferencia_${source.engine}`;
  let proxy: CountingProxy | undefined;
  const deployment = await deploy({
    ...{ folder: bench.folder, name: source.engine, source: source.config },
    base: await bench.createDatabase(database),
    basePassword: bench.passwordFile,
    line: async (port) => {
      proxy = await countingProxy(port);
      return proxy.address;
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
  source: BenchSource,
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
