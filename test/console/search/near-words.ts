import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Test } from 'tap';
import { leftOf, lettersBetween, nearnessOf, wrongLetters } from '../../../central/treat/names/near.ts';
import { runs } from '../../support/runs.ts';

/** Letters that are lost, added, others, or swapped with their neighbour. */
const errors = fc.array(
  fc.record({ kind: fc.nat({ max: 3 }), at: fc.nat({ max: 11 }), letter: fc.constantFrom('A', 'B', 'C') }),
  { maxLength: 3 },
);

/** Whoever is as near as is looked for is found by what is left of both words. */
export function nearWords(t: Test): void {
  const numRuns = runs(800, 3000);
  let near = 0;
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('A', 'B', 'C', 'D'), minLength: 2, maxLength: 12 }),
      errors,
      (word, wrong) => {
        let other = word;
        for (const { kind, at, letter } of wrong) {
          const place = at % (other.length + 1);
          const [before, behind] = [other.slice(0, place), other.slice(place)];
          if (kind === 0) other = before + behind.slice(1);
          else if (kind === 1) other = before + letter + behind;
          else if (kind === 2) other = before + letter + behind.slice(1);
          else other = before + (behind[1] ?? '') + (behind[0] ?? '') + behind.slice(2);
        }
        const most = wrongLetters(word);
        const between = lettersBetween(word, other, most);
        assert.equal(between, lettersBetween(other, word, most));
        if (between > most || other === '') return;
        near++;
        const [asked, had] = [new Set(leftOf(word, most)), nearnessOf(other)];
        assert.ok(
          had.some((hash) => asked.has(hash)),
          `${word} ${other}`,
        );
      },
    ),
    { numRuns },
  );
  t.ok(near > numRuns / 3, `${near} are near`);
  t.equal(lettersBetween('WASHINGTON', 'WASIHNGTON', 2), 1, 'two neighbours that are swapped are one letter');
  t.equal(lettersBetween('SILVA', 'SOUZA', 2), 3);
  t.end();
}
