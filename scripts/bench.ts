import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { measureEngine } from './bench/engine.ts';
import { loadPart } from './bench/load.ts';
import { reconcilePart } from './bench/reconcile.ts';
import { type Bench, openBench } from './bench/setup.ts';
import { benchEngines } from './bench/sources/registry.ts';

/** `npm run bench`: what docs/performance.md quotes, measured on this machine, as ratios within one run. */
const parts = { load: loadPart, reconcile: reconcilePart, engines: enginesPart } as const;

const options = new Command('npm run bench --')
  .option('--json <file>', 'write the figures to this file as well')
  .option('--only <part>', `run one part: ${Object.keys(parts).join(', ')}`)
  .option('--engine <engine>', `measure one engine: ${Object.keys(benchEngines).join(', ')}`)
  .option('--rows <n>', 'rows of the view', '1000000')
  .parse()
  .opts<{ json?: string; only?: string; engine?: string; rows: string }>();

const only = options.engine === undefined ? options.only : 'engines';
const chosen = Object.entries(parts).filter(([name]) => only === undefined || only === name);
if (chosen.length === 0) throw new Error(`no part "${only}"; there are: ${Object.keys(parts).join(', ')}`);

const bench = await openBench(Number(options.rows));
try {
  const figures: Record<string, object> = {};
  for (const [name, part] of chosen) Object.assign(figures, await part(bench), { part: name });
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(figures, null, 2)}\n`);
} finally {
  await bench.close();
}

/** The engine that is asked for, or each that is there: a server that no variable names is said to be absent. */
async function enginesPart(bench: Bench): Promise<Record<string, object>> {
  const names = options.engine === undefined ? Object.keys(benchEngines) : [options.engine];
  const figures: Record<string, object> = {};
  for (const name of names) {
    const engine = benchEngines[name];
    if (engine === undefined) throw new Error(`no engine "${name}"`);
    if (engine.variable !== null && process.env[engine.variable] === undefined) {
      const absent = `engine ${name}: not measured, ${engine.variable} names no server`;
      if (options.engine !== undefined) throw new Error(absent);
      process.stdout.write(`${absent}\n`);
      continue;
    }
    const source = await engine.open(bench, 'motor');
    try {
      figures[name] = await measureEngine(bench, source);
    } finally {
      await source.close();
    }
  }
  return { engines: figures };
}
