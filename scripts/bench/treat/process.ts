import { readFileSync } from 'node:fs';
import { PostgresBase } from '../../../central/base/postgres.ts';
import { rules } from '../../../central/treat/rules/all.ts';
import { type TreatStep, treat } from '../../../central/treat/treat.ts';

/** What the process that is measured is told, as JSON in its only argument. */
export interface TreatOrder {
  readonly url: string;
  readonly passwordFile: string;
  readonly today: string;
  readonly full?: boolean;
  readonly step?: TreatStep;
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
const { url, passwordFile, ...order } = JSON.parse(process.argv[2] ?? '') as TreatOrder;
const password = readFileSync(passwordFile, 'utf8').trim();
const base = new PostgresBase({ url, password, connections: 2, timeoutSeconds: 600 });
const parts: Record<string, number> = {};
const began = performance.now();
let before = began;
const results = await treat(base, {
  ...order,
  rules,
  onProgress: ({ step, part }) => {
    const now = performance.now();
    parts[`${step} ${part}`] = (parts[`${step} ${part}`] ?? 0) + (now - before) / 1000;
    before = now;
  },
});
const seconds = (performance.now() - began) / 1000;
await base.close();
const failed = results.flatMap(({ problem, typed }) => [
  ...(problem === null ? [] : [problem]),
  ...typed.flatMap(({ view, outcome }) => (outcome === 'failed' ? [`${view}: ${outcome}`] : [])),
]);
if (failed.length > 0) throw new Error(`the treatment failed: ${failed.join(', ')}`);
const rows = results.flatMap(({ typed }) => typed).reduce((sum, { rows }) => sum + rows, 0);
process.stdout.write(`${JSON.stringify({ seconds, rows, parts } satisfies TreatFigures)}\n`);
