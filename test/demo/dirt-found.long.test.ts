// Tier: long. Three thousand made-up people with errors, treated on PGlite; the quick part is made-up-people.test.ts.
import t from 'tap';
import { type DirtKind, dirtKinds } from '../../scripts/demo/dirt.ts';
import { nationalFigures } from '../../scripts/demo/national-figures.ts';
import { findings } from './made-up/findings.ts';

const kinds = Object.entries<DirtKind>(dirtKinds);

t.setTimeout(300_000);

void t.test('the rules find what errors are made, as often as they are made, and nothing else', async (t) => {
  const { base, found, tally } = await findings(t, ['AL'], 3000, 1);
  const expected = new Map<string, number>();
  const also = new Set<string>();
  for (const [name, kind] of kinds) {
    const made = tally[name as keyof typeof tally]?.made ?? 0;
    for (const [rule, times] of Object.entries(kind.found)) {
      expected.set(rule, (expected.get(rule) ?? 0) + made * times);
    }
    for (const rule of kind.also ?? []) also.add(rule);
  }
  for (const [rule, count] of expected) {
    const is = found.get(rule) ?? 0;
    t.ok(Math.abs(is - count) <= 0.25 * count + 3, `${rule}: ${is} found, ${count} made`);
  }
  const figures = await nationalFigures(base);
  t.match(figures, /AL: o que as regras mais acham/);
  t.match(figures, /P04 .* Falta o nome da mãe/);
  for (const line of figures.split('\n')) if (line.length > 80) t.fail(`wider than 80 columns: ${line}`);
  const others = [...found].filter(([rule]) => !expected.has(rule) && !also.has(rule));
  t.strictSame(others, []);
});
