// Tier: quick. Answers of people, in the base and in central's own file, on both bases.
import t from 'tap';
import { onEachBase } from '../support/bases.ts';
import { appendOnly } from './answers/append-only.ts';
import { atRandom } from './answers/at-random.ts';
import { carriedOut } from './answers/carried-out.ts';
import { cutShort } from './answers/cut-short.ts';
import { ofBefore } from './answers/of-before.ts';
import { recorded } from './answers/recorded.ts';

void t.test('a file of before answers were kept', ofBefore);

onEachBase(t, async (t, bases) => {
  await t.test('only ever added to', (t) => appendOnly(t, bases));
  await t.test('carried out', (t) => carriedOut(t, bases));
  await t.test('cut short', (t) => cutShort(t, bases));
  await t.test('at random', (t) => atRandom(t, bases));
  await t.test('recorded', (t) => recorded(t, bases));
});
