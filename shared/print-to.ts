import { plainLines } from './plain-text.ts';

/**
 * Prints lines to a stream of the process. On a terminal nothing of them acts on it, whatever people and states wrote; a
 * file or another program is given each character, so that a CSV stays what it was.
 */
export function printTo(stream: Pick<NodeJS.WriteStream, 'write' | 'isTTY'>): (text: string) => void {
  return (text) => void stream.write(`${stream.isTTY ? plainLines(text) : text}\n`);
}
