import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import type { Test } from 'tap';
import { Temporal } from 'temporal-polyfill';
import {
  daysLater,
  firstDay,
  lastDay,
  numberMonthsLater,
  numberOf,
  secondOf,
  yearsLater,
} from '../../../central/treat/rules/dates.ts';
import { Spans } from '../../../central/treat/rules/spans.ts';
import { anyDay } from './random-scene.ts';

const { PlainDate } = Temporal;
const epoch = PlainDate.from('1970-01-01');

/** Days counted by numbers, as Temporal counts them. */
export function dayArithmetic(t: Test): void {
  const many = fc.integer({ min: -4_000_000, max: 4_000_000 });
  fc.assert(
    fc.property(anyDay, many, (day, days) => {
      const plain = PlainDate.from(day);
      assert.equal(numberOf(day), epoch.until(plain).days);
      const { year } = plain.add({ days });
      const within = year < 1 ? firstDay : year > 9999 ? lastDay : plain.add({ days }).toString();
      assert.equal(daysLater(day, days), within);
    }),
  );
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 0, max: 1200 }), (day, months) => {
      const [plain, first] = [PlainDate.from(day), PlainDate.from(day).with({ day: 1 })];
      const expected = first.add({ months }).add({ days: plain.day - 1 });
      assert.equal(numberMonthsLater(day, months), epoch.until(expected).days);
    }),
  );
  t.equal(yearsLater('2000-02-29', 18), '2018-03-01', 'the next day, where there is none of that number');
  t.equal(yearsLater('2000-02-29', 4), '2004-02-29');
  t.equal(yearsLater('9990-05-01', 18), lastDay);
  t.equal(daysLater(lastDay, 1), lastDay);
  t.equal(daysLater('2026-01-01', Number.NaN), lastDay);
  t.equal(secondOf('2026-01-02 00:00:00') - secondOf('2026-01-01 23:59:30.5'), 29.5);
  t.end();
}

/** Days in spans, as asking each span by itself finds them. */
export function spansOfDays(t: Test): void {
  const span = fc
    .tuple(anyDay, fc.nat({ max: 60 }))
    .map(([from, days]) => [from, daysLater(from, days)] as const);
  fc.assert(
    fc.property(fc.array(span), span, (spans, [from, to]) => {
      const made = new Spans(spans);
      assert.equal(
        made.meets(from, to),
        spans.some(([begin, end]) => begin <= to && from <= end),
      );
      assert.equal(
        made.covers(from),
        spans.some(([begin, end]) => begin <= from && from <= end),
      );
    }),
  );
  t.pass('as one by one');
  t.end();
}
