import { build } from 'esbuild';
import { ascii } from './ascii.ts';
import { oneText } from './one-text.ts';

export interface WorkerCode {
  /** CommonJS, ASCII, with all that it uses but Node's own modules: a thread can be started on the text. */
  readonly text: string;
  /** Files of which something is inside, by path from the root. */
  readonly inputs: readonly string[];
}

/** The code of a thread, whole by itself: it is started on a text, and so has no loader that could find it more. */
export async function bundleWorker(entry: string): Promise<WorkerCode> {
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    ...oneText,
    outdir: 'dist',
    legalComments: 'none',
    metafile: true,
  });
  return { text: ascii(outputFiles[0]?.text ?? ''), inputs: Object.keys(metafile.inputs) };
}
