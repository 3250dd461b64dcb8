import type { Line } from '../reading/lines.ts';
import { bounded, maxRowBytes } from '../reading/stub-line.ts';
import { decodeLine, type LineDecoder } from './encoding.ts';
import { OversizedLine } from './oversized-line.ts';

const newline = 0x0a;

interface LineOptions {
  readonly decoder: LineDecoder;
  /** Places of the columns that the stub of a row keeps. */
  readonly kept: ReadonlySet<number>;
}

/**
 * The lines of a COPY, decoded, without their newlines, as long as `take` wants more. What is no line yet is held only
 * up to the size that may travel; of a longer one, its stub.
 */
export async function eachLine(
  stream: AsyncIterable<Buffer>,
  { decoder, kept }: LineOptions,
  take: (line: Line) => boolean,
): Promise<void> {
  const rest = new LineRest(kept);
  const decoded = (line: Buffer, isPlain: boolean) =>
    bounded(isPlain ? line : decodeLine(line, decoder), kept);
  for await (const chunk of stream) {
    const first = chunk.indexOf(newline);
    if (first === -1) {
      rest.feed(chunk);
      continue;
    }
    const { line, tooLarge } = rest.finish(chunk.subarray(0, first));
    const whole = tooLarge
      ? bounded(decodeLine(line, decoder, true), kept)
      : decoded(line, decoder.isPlain(line));
    if (!take(whole)) return;
    const last = chunk.lastIndexOf(newline);
    // One check for all whole lines of a chunk, some 300 of them: each by itself only where that fails.
    const isPlain = decoder.isPlain(chunk.subarray(first + 1, last + 1));
    let start = first + 1;
    while (start <= last) {
      const end = chunk.indexOf(newline, start);
      const line = chunk.subarray(start, end);
      if (!take(decoded(line, isPlain || decoder.isPlain(line)))) return;
      start = end + 1;
    }
    if (start < chunk.length) rest.feed(chunk.subarray(start));
  }
}

/** The begin of a line whose end is in a chunk to come. */
class LineRest {
  readonly #kept: ReadonlySet<number>;
  #held: Buffer[] = [];
  #bytes = 0;
  #oversized: OversizedLine | null = null;

  constructor(kept: ReadonlySet<number>) {
    this.#kept = kept;
  }

  feed(bytes: Buffer): void {
    if (this.#oversized !== null) return this.#oversized.feed(bytes);
    this.#held.push(bytes);
    this.#bytes += bytes.length;
    if (this.#bytes <= maxRowBytes) return;
    this.#oversized = new OversizedLine(this.#kept);
    for (const piece of this.#held) this.#oversized.feed(piece);
    this.#held = [];
  }

  /** The line with its last piece; or what is kept of it, when it is too large. */
  finish(bytes: Buffer): { line: Buffer; tooLarge: boolean } {
    if (this.#bytes === 0) return { line: bytes, tooLarge: false };
    this.feed(bytes);
    const line = this.#oversized?.finish() ?? Buffer.concat(this.#held);
    const tooLarge = this.#oversized !== null;
    this.#held = [];
    this.#bytes = 0;
    this.#oversized = null;
    return { line, tooLarge };
  }
}
