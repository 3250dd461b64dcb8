import { deploy } from './deployment.ts';
import { timed, UsageMeter } from './measure.ts';
import { say } from './say.ts';
import type { Bench } from './setup.ts';
import type { BenchSource } from './sources/bench-source.ts';

interface EngineFigures {
  /** Rows a second that the driver alone gives, nothing made of them. */
  readonly driver: number;
  /** Rows a second from the source to the last checkpoint: agent, line, central, base. */
  readonly load: number;
  /** Of the driver's rate, how much the whole way keeps. */
  readonly loadRatio: number;
  /** Rows a second of a reconciliation of a view that is equal on both sides. */
  readonly reconcile: number;
  readonly reconcileRatio: number;
  readonly agentPeakMb: number;
}

/** What one engine gives by its driver alone, and all the way into the national base. */
export async function measureEngine(bench: Bench, source: BenchSource): Promise<EngineFigures> {
  const { engine } = source;
  await source.readAlone();
  const started = performance.now();
  const read = await source.readAlone();
  const driver = read / ((performance.now() - started) / 1000);
  if (read !== bench.rows) throw new Error(`the driver of ${engine} read ${read} rows of ${bench.rows}`);
  const deployment = await deploy({
    ...{ folder: bench.folder, name: `motor_${engine}`, source: source.config },
    ...{ base: await bench.createDatabase(`motor_${engine}`), basePassword: bench.passwordFile },
  });
  const agent = await deployment.startAgent();
  try {
    const meter = new UsageMeter(agent.process);
    const load = rateOf((await timed('central', [...deployment.central, 'collect', '--json'])).output);
    const reconcile = rateOf((await timed('central', [...deployment.central, 'reconcile', '--json'])).output);
    const figures = {
      ...{ driver, load, loadRatio: load / driver, reconcile, reconcileRatio: reconcile / driver },
      agentPeakMb: meter.stop().peakMb,
    };
    say(`engine ${engine}`, figures);
    return figures;
  } finally {
    await agent.stop();
  }
}

/** Rows a second of the last run that central's `--json` tells of. */
function rateOf(output: string): number {
  const [source] = JSON.parse(output) as { views: { rows: number; seconds: number }[] }[];
  const view = source?.views.at(-1);
  if (view === undefined) throw new Error(`central read no view: ${output}`);
  return view.rows / view.seconds;
}
