import { createReadStream } from 'node:fs';
import { type Encoding, encodingName } from './encoding.ts';
import { newlinesIn } from './newlines.ts';
import { tableFault } from './table-fault.ts';

/**
 * The text of a file in parts, without its mark, each line ended by a line feed.
 *
 * @throws GuaritaError `table-invalid` at bytes that are none of the encoding, and at NUL
 */
export async function* textOf(file: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let [line, held] = [1, ''];
  const take = (bytes: Uint8Array | null): string => {
    let text: string;
    try {
      text = held + (bytes === null ? decoder.decode() : decoder.decode(bytes, { stream: true }));
    } catch {
      // The decoder does not say where.
      throw tableFault(file, `daqui em diante há bytes que não são ${encodingName(encoding)}.`, { line });
    }
    // Whether a line feed follows is told by what comes next.
    held = bytes !== null && text.endsWith('\r') ? '\r' : '';
    const whole = text.slice(0, text.length - held.length).replace(/\r\n?/g, '\n');
    const nul = whole.indexOf('\0');
    line += newlinesIn(nul === -1 ? whole : whole.slice(0, nul));
    if (nul !== -1) throw tableFault(file, 'há um caractere NUL (byte zero), que não é texto.', { line });
    return whole;
  };
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>) {
    yield take(chunk);
  }
  yield take(null);
}
