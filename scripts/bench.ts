import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { openBench } from './bench/setup.ts';
import { loadPart } from './bench/load.ts';
import { reconcilePart } from './bench/reconcile.ts';

/** `npm run bench`: what docs/performance.md quotes, measured on this machine, as ratios within one run. */
const parts = { load: loadPart, reconcile: reconcilePart } as const;

const options = new Command('npm run bench --')
  .option('--json <file>', 'write the figures to this file as well')
  .option('--only <part>', `run one part: ${Object.keys(parts).join(', ')}`)
  .option('--rows <n>', 'rows of the view', '1000000')
  .parse()
  .opts<{ json?: string; only?: string; rows: string }>();

const chosen = Object.entries(parts).filter(([name]) => options.only === undefined || options.only === name);
if (chosen.length === 0)
  throw new Error(`no part "${options.only}"; there are: ${Object.keys(parts).join(', ')}`);

const bench = await openBench(Number(options.rows));
try {
  const figures: Record<string, object> = {};
  for (const [name, part] of chosen) Object.assign(figures, await part(bench), { part: name });
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(figures, null, 2)}\n`);
} finally {
  await bench.close();
}
