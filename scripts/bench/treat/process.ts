import { readFileSync } from 'node:fs';
import { PostgresBase } from '../../../central/base/postgres.ts';
import { rules } from '../../../central/treat/rules/all.ts';
import { type TreatedSource, type TreatStep, treat } from '../../../central/treat/treat.ts';

/** What the process that is measured is told, as JSON in its only argument. */
export interface TreatOrder {
  readonly url: string;
  readonly passwordFile: string;
  readonly today: string;
  readonly full?: boolean;
  /** Only these, one after the other; all of them where it is not said. */
  readonly steps?: readonly TreatStep[];
}

/** What it prints. */
export interface TreatFigures {
  readonly seconds: number;
  /** Rows of the source layer that were read. */
  readonly rows: number;
  /** Seconds by step and part. */
  readonly parts: Readonly<Record<string, number>>;
}

/*
 * A treatment in a process of its own, so that its peak is central's and not the bench's.
 */
const { url, passwordFile, steps, ...order } = JSON.parse(process.argv[2] ?? '') as TreatOrder;
const password = readFileSync(passwordFile, 'utf8').trim();
const base = new PostgresBase({ url, password, connections: 2, timeoutSeconds: 600 });
const parts: Record<string, number> = {};
const began = performance.now();
let before = began;
const results: TreatedSource[] = [];
for (const step of steps ?? [undefined]) {
  const treated = await treat(base, {
    ...order,
    ...(step !== undefined && { step }),
    rules,
    onProgress: ({ step, part }) => {
      const now = performance.now();
      parts[`${step} ${part}`] = (parts[`${step} ${part}`] ?? 0) + (now - before) / 1000;
      before = now;
    },
  });
  results.push(...treated);
}
const seconds = (performance.now() - began) / 1000;
await base.close();
const failed = results.flatMap(({ problem, typed }) => [
  ...(problem === null ? [] : [problem]),
  ...typed.flatMap(({ view, outcome }) => (outcome === 'failed' ? [`${view}: ${outcome}`] : [])),
]);
if (failed.length > 0) throw new Error(`the treatment failed: ${failed.join(', ')}`);
const rows = results.flatMap(({ typed }) => typed).reduce((sum, { rows }) => sum + rows, 0);
process.stdout.write(`${JSON.stringify({ seconds, rows, parts } satisfies TreatFigures)}\n`);
