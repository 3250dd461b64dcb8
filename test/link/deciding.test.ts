// Tier: quick. What people decide of registers, on PostgreSQL.
import t from 'tap';
import { verifyLinks } from '../../central/base/decided-layer/link-chain.ts';
import { decideLinks } from '../../central/base/national-layer/decide-links.ts';
import { tierBases } from '../support/bases.ts';
import { chain } from './deciding/chain.ts';
import { deciding } from './deciding/deciding.ts';
import { blanked, undoForgotten, undoMeanwhile } from './deciding/forgotten.ts';
import { contradictions, tenThousand } from './deciding/many.ts';
import { addRegisters, author } from './deciding/registers.ts';

const bases = await tierBases(t);

void t.test('what contradicts itself, in any order', contradictions);

const { shared } = bases;
await t.test('deciding', (t) => deciding(t, shared));
await t.test('the chain', (t) => chain(t, shared));
await t.test('blanked', (t) => blanked(t, bases));
await t.test('undoing what was forgotten', (t) => undoForgotten(t, bases));
if (bases.server !== null) await t.test('undoing beside a forgetting', (t) => undoMeanwhile(t, bases));
await t.test('two at once are numbered one behind the other', async (t) => {
  const ids = await addRegisters(
    shared,
    Array.from({ length: 12 }, (_, at) => ({ source: 'AC', id: `${at}` })),
  );
  const [first = '', ...others] = ids;
  const decided = await Promise.all(
    others.flatMap((b) =>
      (['same', 'distinct'] as const).map((says) =>
        shared.transaction((tx) => decideLinks(tx, [{ ...author, a: first, b, says }])),
      ),
    ),
  );
  const outcomes = decided.flat().map(({ outcome }) => outcome);
  t.equal(outcomes.filter((outcome) => outcome === 'recorded').length, others.length, 'one of each two');
  t.equal(outcomes.filter((outcome) => outcome === 'against').length, others.length, 'the other is told');
  t.strictSame((await shared.snapshot((questions) => verifyLinks(questions))).faults, []);
});
await t.test('ten thousand that contradict', (t) => tenThousand(t, shared));
