import { createReadStream } from 'node:fs';

/**
 * Lines of a file of JSON lines, in memory that does not grow with it: a line ends at its line break alone. Node's readline
 * ends one at U+2028 and U+2029, too, which JSON has within its texts as they are. Throws what reading throws.
 */
export async function* fileLines(file: string): AsyncGenerator<string> {
  let rest = '';
  for await (const part of createReadStream(file, 'utf8') as AsyncIterable<string>) {
    const lines = (rest + part).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}
