import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { writeForSplink } from './splink-file.ts';

const run = promisify(execFile);
const script = join(import.meta.dirname, 'with-splink.py');

/** Precision and recall from a threshold on, in bits. */
export interface AtThreshold {
  readonly threshold: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export interface SplinkFigures {
  readonly splinkVersion: string;
  readonly splinkSeconds: number;
  /** The best that it comes to at any threshold, pairs or clusters, as told afterwards by the truth. */
  readonly splinkF1: number;
  readonly pairs: readonly AtThreshold[];
  readonly clusters: readonly AtThreshold[];
}

/** Why there are no figures. */
export interface NoSplink {
  readonly splinkMissing: string;
}

interface SplinkOrder {
  /** Of made-up registers. */
  readonly file: string;
  readonly folder: string;
  readonly threads: number;
  /** `1`, or a Python that has Splink; else it is installed from PyPI into a folder of the bench. */
  readonly python: string;
}

/** Splink beside our own, on the same registers, cleaned alike. It is for this alone: nothing else here uses Python. */
export async function splinkFigures(order: SplinkOrder): Promise<SplinkFigures | NoSplink> {
  let python: string;
  try {
    python = order.python === '1' ? await installed(order.folder) : order.python;
  } catch (error) {
    const { stderr = '', message } = error as { stderr?: string; message: string };
    return { splinkMissing: (stderr.trim().split('\n').at(-1) ?? '') || message };
  }
  const cleaned = join(order.folder, 'splink.csv');
  await writeForSplink(order.file, cleaned);
  const version = await run(python, ['-c', 'import splink; print(splink.__version__)']);
  const { stdout } = await run(python, [script, cleaned, String(order.threads)], { maxBuffer: 1 << 24 });
  type Told = Pick<SplinkFigures, 'splinkSeconds' | 'pairs' | 'clusters'>;
  const told = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Told;
  const splinkF1 = Math.max(...[...told.pairs, ...told.clusters].map(({ f1 }) => f1));
  return { splinkVersion: version.stdout.trim(), splinkF1, ...told };
}

/** The version that figures are told of. */
const packageName = 'splink==5.0.0';

async function installed(folder: string): Promise<string> {
  const venv = join(folder, 'splink');
  const python = join(venv, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  if (!existsSync(python)) await run('python3', ['-m', 'venv', venv]);
  await run(python, ['-m', 'pip', 'install', '--quiet', packageName], { maxBuffer: 1 << 24 });
  return python;
}
