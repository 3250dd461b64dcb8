import * as fc from 'fast-check';
import type { Test } from 'tap';
import { OversizedLine } from '../../../shared/sources/postgres/oversized-line.ts';
import { encodeRawFields } from '../../../shared/sources/reading/lines.ts';
import { maxKeptBytes, stubOf } from '../../../shared/sources/reading/stub-line.ts';

export async function oversizedLines(t: Test): Promise<void> {
  await t.test(
    'D5, I8: however a line is cut on its way, what is kept of it is the stub of the whole',
    (t) => {
      const field = fc.option(
        fc.oneof(
          fc.string({ maxLength: 20 }),
          fc.constantFrom('\t', '\\', 'x'.repeat(maxKeptBytes), 'y'.repeat(maxKeptBytes + 1)),
        ),
      );
      const line = fc.array(field, { minLength: 1, maxLength: 6 });
      const cuts = fc.array(fc.nat(200), { maxLength: 8 });
      fc.assert(
        fc.property(line, cuts, fc.array(fc.nat(5)), (fields, lengths, places) => {
          const kept = new Set(places);
          const text = encodeRawFields(
            fields.map((value) => (value === null ? null : Buffer.from(value.replaceAll('\0', '')))),
          );
          const bytes = Buffer.from(text);
          const oversized = new OversizedLine(kept);
          let start = 0;
          for (const length of lengths) {
            oversized.feed(bytes.subarray(start, start + length));
            start = Math.min(start + length, bytes.length);
          }
          oversized.feed(bytes.subarray(start));
          const [, ...rest] = oversized.finish().toString().split('\t');
          const [, ...meant] = stubOf(text, kept).split('\t');
          return rest.join('\t') === meant.join('\t');
        }),
        { numRuns: 300 },
      );
      t.end();
    },
  );
}
