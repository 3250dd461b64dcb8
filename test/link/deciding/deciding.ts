import type { Test } from 'tap';
import type { Base } from '../../../central/base/base.ts';
import { decisionsOn } from '../../../central/base/decided-layer/link-decisions.ts';
import {
  decideLinks,
  revokeLink,
  type SaidOfTwo,
} from '../../../central/base/national-layer/decide-links.ts';
import { followDecisions } from '../../../central/base/national-layer/follow-decisions.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import { query } from '../../support/bases.ts';
import { addRegisters, author, idOf } from './registers.ts';

type Says = SaidOfTwo['says'];

/** What is recorded, what is refused, and what follows of it. */
export async function deciding(t: Test, base: Base): Promise<void> {
  const [a = '', b = '', c = '', d = '', visitor = ''] = await addRegisters(base, [
    ...['a', 'b', 'c', 'd'].map((id) => ({ source: 'PI', id })),
    { source: 'PI', role: 'visitante', id: 'a' },
  ]);
  const decide = async (...said: readonly (readonly [a: string, b: string, says: Says])[]) =>
    base.transaction((tx) =>
      decideLinks(
        tx,
        said.map(([a, b, says]) => ({ ...author, a, b, says })),
      ),
    );
  /** What the next treatment looks at again. */
  const waiting = async () => {
    await base.transaction(followDecisions);
    const rows = await query<{ key: string }>(
      base,
      `DELETE FROM nacional.fila WHERE assunto = 'grupo' AND fonte = '' RETURNING chave AS key`,
    );
    return rows.map(({ key }) => key).sort();
  };

  await waiting();
  const [one] = await decide([b, a, 'same']);
  t.match(one, { outcome: 'recorded' });
  const first = one !== undefined && 'number' in one ? one.number : 0;
  t.strictSame(await waiting(), [a, b].sort(), 'both persons are to be made anew');
  t.strictSame(await decide([a, b, 'same']), [{ outcome: 'known', number: first }], 'said twice is once');
  t.strictSame(await waiting(), [], 'and nothing follows');

  await t.test('what contradicts what stands is refused, and says what it contradicts', async (t) => {
    const against = (number: number) => [{ outcome: 'against', number }];
    t.strictSame(await decide([a, b, 'distinct']), against(first), 'of the same two');
    t.strictSame(await decide([a, b, 'unsure']), against(first));
    t.match(await decide([b, c, 'same']), [{ outcome: 'recorded', number: first + 1 }]);
    t.strictSame(await decide([a, c, 'distinct']), against(first + 1), 'through others');
    t.match(await decide([c, d, 'distinct']), [{ outcome: 'recorded', number: first + 2 }]);
    t.strictSame(await decide([d, a, 'same']), against(first + 2), 'of a group');
    t.match(await decide([a, d, 'unsure']), [{ outcome: 'recorded' }], 'who cannot tell contradicts nobody');
    t.strictSame(
      (await base.snapshot((questions) => decisionsOn(questions, [d]))).map(({ says }) => says),
      ['distinct', 'unsure'],
    );
    await waiting();
  });

  await t.test('also through very many others', async (t) => {
    const chain = await addRegisters(
      base,
      Array.from({ length: 30 }, (_, at) => ({ source: 'PI', id: `chain ${at}` })),
    );
    const at = (place: number) => chain[place] ?? '';
    await decide(...chain.slice(1).map((b, place) => [at(place), b, 'same'] as const));
    t.match(await decide([at(0), at(29), 'distinct']), [{ outcome: 'against' }]);
    t.match(await decide([at(0), d, 'distinct'], [d, at(29), 'same']), [
      { outcome: 'recorded' },
      { outcome: 'against' },
    ]);
    await waiting();
  });

  await t.test('undone, it holds no more, and both are made anew', async (t) => {
    const told = await base.transaction((tx) => revokeLink(tx, first + 2, author));
    t.match(told, { revoked: { says: 'distinct' } });
    t.strictSame(await waiting(), [c, d].sort());
    const again = base.transaction((tx) => revokeLink(tx, first + 2, author));
    await t.rejects(again, { code: 'decision-unknown' });
    const ofUndoing = base.transaction((tx) => revokeLink(tx, told.number, author));
    await t.rejects(ofUndoing, { code: 'decision-unknown' }, 'undoing is not undone');
    t.match(await decide([d, a, 'same']), [{ outcome: 'recorded' }], 'then the other may be said');
    t.match(await decide([c, d, 'distinct']), [{ outcome: 'against' }]);
    await waiting();
  });

  await t.test('across kinds it says who somebody is, and merges nothing', async (t) => {
    t.match(await decide([a, visitor, 'same'], [d, visitor, 'distinct']), [
      { outcome: 'recorded' },
      { outcome: 'recorded' },
    ]);
    t.match(await decide([a, visitor, 'distinct']), [{ outcome: 'against' }]);
  });

  await t.test('who is not there is not decided on', async (t) => {
    const gone = idOf({ source: 'PI', id: 'gone' });
    t.strictSame(await decide([a, gone, 'same']), [{ outcome: 'unknown', register: gone }]);
    t.strictSame(await decide([a, a, 'same']), [{ outcome: 'itself' }]);
  });

  await t.test('what is taken back is not recorded, and nothing follows', async (t) => {
    await waiting();
    const [e = '', f = ''] = await addRegisters(base, [
      { source: 'PI', id: 'e' },
      { source: 'PI', id: 'f' },
    ]);
    const cut = base.transaction(async (tx) => {
      await decideLinks(tx, [{ ...author, a: e, b: f, says: 'same' }]);
      throw new GuaritaError('stopped');
    });
    await t.rejects(cut, { code: 'stopped' });
    t.strictSame(await base.snapshot((questions) => decisionsOn(questions, [e, f])), []);
    t.strictSame(await waiting(), []);
  });
}
