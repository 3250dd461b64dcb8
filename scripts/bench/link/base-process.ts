import { readFileSync } from 'node:fs';
import { PostgresBase } from '../../../central/base/postgres.ts';
import { linkBase } from '../../../central/treat/linking/link-base.ts';
import { linkerInForce } from '../../../central/treat/linking/linker.ts';

/** What the process is told, as JSON in its only argument. */
export interface LinkBaseOrder {
  readonly url: string;
  readonly passwordFile: string;
}

/** What it prints. */
export interface LinkBaseFigures {
  readonly seconds: number;
  /** Of it, by part. */
  readonly parts: Readonly<Record<string, number>>;
}

/*
 * Links what waits in a base, in a process of its own, so that its peak is central's and not the bench's.
 */
const { url, passwordFile } = JSON.parse(process.argv[2] ?? '') as LinkBaseOrder;
const password = readFileSync(passwordFile, 'utf8').trim();
const base = new PostgresBase({ url, password, connections: 2, timeoutSeconds: 600 });
const linker = await base.snapshot((questions) => linkerInForce(questions, 'pt-BR'));
const parts: Record<string, number> = {};
const began = performance.now();
let before = began;
await linkBase(base, linker, {
  signal: undefined,
  steps: (part) => ({
    onStep: () => {
      const now = performance.now();
      parts[part] = (parts[part] ?? 0) + (now - before) / 1000;
      before = now;
    },
  }),
});
const seconds = (performance.now() - began) / 1000;
await base.close();
process.stdout.write(`${JSON.stringify({ seconds, parts } satisfies LinkBaseFigures)}\n`);
