import { writeFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { changesPart } from './bench/changes.ts';
import { measureEngine } from './bench/engine.ts';
import { linkPart } from './bench/link.ts';
import { loadPart } from './bench/load.ts';
import { networkPart } from './bench/network.ts';
import { personPart } from './bench/person.ts';
import { reconcilePart } from './bench/reconcile.ts';
import { searchPart } from './bench/search.ts';
import { type Bench, openBench } from './bench/setup.ts';
import { benchEngines } from './bench/sources/registry.ts';
import { treatPart } from './bench/treat.ts';
import { upgradePart } from './bench/upgrade.ts';
import { usePackaged } from './demo/processes.ts';

/** `npm run bench`: what docs/performance.md quotes, measured on this machine, as ratios within one run. */
const parts = {
  load: loadPart,
  reconcile: reconcilePart,
  changes: changesPart,
  upgrade: upgradePart,
  treat: treatPart,
  link: linkPart,
  person: personPart,
  search: searchPart,
  network: networkPart,
  engines: enginesPart,
} as const;

const command = new Command('npm run bench --')
  .option('--json <file>', 'write the figures to this file as well')
  .option('--only <part>', `run one part: ${Object.keys(parts).join(', ')}`)
  .addOption(new Option('--engine <engine>', 'measure one engine').choices(Object.keys(benchEngines)))
  .option(
    '--rows <n>',
    'rows of the view, people of a state, registers to link, people to be found',
    '1000000',
  )
  .option('--binaries <folder>', 'measure the packaged programs of this folder (npm run package)')
  .parse();
const options = command.opts<{
  json?: string;
  only?: string;
  engine?: string;
  rows: string;
  binaries?: string;
}>();
if (options.binaries !== undefined) usePackaged(options.binaries);
const lack = benchEngines[options.engine ?? '']?.lack() ?? null;
if (lack !== null) command.error(`engine ${options.engine}: ${lack}`);

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

/** The engine that is asked for, or each that is there: of a server that no variable names it is said what to set. */
async function enginesPart(bench: Bench): Promise<Record<string, object>> {
  const figures: Record<string, object> = {};
  for (const [name, engine] of Object.entries(benchEngines)) {
    if (options.engine !== undefined && options.engine !== name) continue;
    const lacking = engine.lack();
    if (lacking !== null) {
      process.stdout.write(`engine ${name}: not measured; ${lacking}\n`);
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
