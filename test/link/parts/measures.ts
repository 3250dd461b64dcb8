import assert from 'node:assert/strict';
import { assert as check, integer, property, string } from 'fast-check';
import type { Test } from 'tap';
import { jaroWinkler } from '../../../central/treat/link/measures/jaro-winkler.ts';
import { differInOneDigit } from '../../../central/treat/link/measures/one-digit.ts';
import { withinOneEdit } from '../../../central/treat/link/measures/one-edit.ts';

/** Few letters, so that words have many in common. */
const word = string({ unit: 'grapheme-ascii', maxLength: 9 }).map((text) =>
  text.replace(/./gs, (letter) => 'ABCD'[letter.charCodeAt(0) % 4] ?? 'A'),
);

function measured<T>(
  measure: (text: Uint16Array, aFrom: number, aTo: number, bFrom: number, bTo: number) => T,
  a: string,
  b: string,
): T {
  const text = Uint16Array.from((a + b).split(''), (letter) => letter.charCodeAt(0));
  return measure(text, 0, a.length, a.length, a.length + b.length);
}

export async function measures(t: Test): Promise<void> {
  await t.test('Jaro–Winkler: what its authors give, the same both ways, never above 1', (t) => {
    for (const [a, b, expected] of [
      ['MARTHA', 'MARHTA', 0.9611],
      ['DWAYNE', 'DUANE', 0.84],
      ['DIXON', 'DICKSONX', 0.8133],
      ['JONES', 'JOHNSON', 0.8324],
      ['ABC', 'XYZ', 0],
      ['', '', 1],
      ['A', '', 0],
    ] as const) {
      t.equal(Math.round(measured(jaroWinkler, a, b) * 1e4) / 1e4, expected, `${a} ${b}`);
    }
    check(
      property(word, word, (a, b) => {
        const likeness = measured(jaroWinkler, a, b);
        assert.equal(likeness, measured(jaroWinkler, b, a));
        assert.ok(likeness >= 0 && likeness <= 1);
        assert.equal(likeness === 1, a === b);
        // Read the other way round by the textbook, one of the two orders gives it.
        assert.ok([textbook(a, b), textbook(b, a)].some((each) => Math.abs(each - likeness) < 1e-12));
      }),
      { numRuns: 500 },
    );
    t.end();
  });

  await t.test('one edit: as optimal string alignment counts them', (t) => {
    check(
      property(word, word, (a, b) => assert.equal(measured(withinOneEdit, a, b), edits(a, b) <= 1)),
      { numRuns: 1000 },
    );
    t.end();
  });

  await t.test('one digit', (t) => {
    const number = integer({ min: 0, max: 9999 });
    check(
      property(number, number, (a, b) => {
        const [one, other] = [String(a).padStart(4, '0'), String(b).padStart(4, '0')];
        const apart = one.split('').filter((digit, at) => digit !== other[at]).length;
        assert.equal(differInOneDigit(a, b), apart === 1);
      }),
      { numRuns: 500 },
    );
    t.equal(differInOneDigit(52_998_224_725, 52_998_224_735), true);
    t.end();
  });
}

function textbook(a: string, b: string): number {
  if (a === '' || b === '') return a === b ? 1 : 0;
  const range = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const taken = new Set<number>();
  const inA: string[] = [];
  for (const [at, letter] of a.split('').entries()) {
    for (let other = Math.max(0, at - range); other <= Math.min(b.length - 1, at + range); other++) {
      if (taken.has(other) || b[other] !== letter) continue;
      taken.add(other);
      inA.push(letter);
      break;
    }
  }
  if (inA.length === 0) return 0;
  const inB = [...taken].sort((x, y) => x - y).map((at) => b[at]);
  const swapped = Math.floor(inA.filter((letter, at) => letter !== inB[at]).length / 2);
  const jaro = (inA.length / a.length + inA.length / b.length + (inA.length - swapped) / inA.length) / 3;
  let prefix = 0;
  while (prefix < 4 && a[prefix] !== undefined && a[prefix] === b[prefix]) prefix++;
  return jaro + prefix * 0.1 * (1 - jaro);
}

function edits(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, at) =>
    Array.from({ length: b.length + 1 }, (_, other) => (at === 0 ? other : other === 0 ? at : 0)),
  );
  const cell = (at: number, other: number): number => rows[at]?.[other] ?? 0;
  for (let at = 1; at <= a.length; at++) {
    for (let other = 1; other <= b.length; other++) {
      const change = a[at - 1] === b[other - 1] ? 0 : 1;
      let least = Math.min(
        cell(at - 1, other) + 1,
        cell(at, other - 1) + 1,
        cell(at - 1, other - 1) + change,
      );
      if (a[at - 1] === b[other - 2] && a[at - 2] === b[other - 1])
        least = Math.min(least, cell(at - 2, other - 2) + 1);
      (rows[at] as number[])[other] = least;
    }
  }
  return cell(a.length, b.length);
}
