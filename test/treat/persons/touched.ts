import type { Test } from 'tap';
import type { Base, Transaction } from '../../../central/base/base.ts';
import { touchAcross, touchMoved } from '../../../central/base/national-layer/moved-registers.ts';
import { query, type TestBases } from '../../support/bases.ts';
import { emptyNational } from '../settled.ts';
import { natalOf, registers } from './registers.ts';

const one = { source: 'AL', id: '1' };
const two = { source: 'RO', id: '1' };
const third = { source: 'MS', id: '1' };
const visitor = { source: 'MS', id: '7', role: 'visitante' } as const;

/** What waits once somebody has set it down, as `subject key`. */
async function waits(base: Base, touch: (tx: Transaction) => Promise<void>): Promise<string[]> {
  await base.transaction((tx) => tx.execute('DELETE FROM nacional.fila'));
  await base.transaction(touch);
  const rows = await query<{ is: string }>(
    base,
    `SELECT assunto || ' ' || chave AS is FROM nacional.fila WHERE fonte = '' ORDER BY 1`,
  );
  return rows.map(({ is }) => is);
}

export async function touched(t: Test, { shared: base }: TestBases): Promise<void> {
  const names = [natalOf(one), natalOf(two), natalOf(visitor)] as const;
  const [first, second, visiting] = names;
  const pair = names.slice(1).toSorted();
  await emptyNational(base);
  await registers(base, [
    { ...one, cpf: '52998224725' },
    { ...two, person: first, cpf: '16899535009', rji: '17000011479', identidade: 'ana' },
    third,
    visitor,
  ]);
  await base.transaction((tx) => tx.query('INSERT INTO nacional.par VALUES ($1, $2, 20, 0, true)', pair));

  await t.test(
    'what a register that moved shares, whom it left and joined, who may be one of them',
    async (t) => {
      t.strictSame(await waits(base, (tx) => touchMoved(tx, [second], [second, first])), [
        ...['cpf 16899535009', 'identidade ana'],
        ...[first, second].toSorted().map((id) => `pessoa ${id}`),
        ...[first, second, visiting].toSorted().map((id) => `pessoas ${id}`),
        'rji 17000011479',
      ]);
    },
  );

  await t.test('persons whose other register has a pair across kinds are looked at, too', async (t) => {
    const waiting = await waits(base, (tx) => touchMoved(tx, [], [first]));
    t.strictSame(waiting, [`pessoa ${first}`, ...[first, visiting].toSorted().map((id) => `pessoas ${id}`)]);
  });

  await t.test('of registers that a pair across kinds comes or goes with, their persons', async (t) => {
    t.strictSame(
      await waits(base, (tx) => touchAcross(tx, pair)),
      [first, visiting].toSorted().map((id) => `pessoas ${id}`),
    );
    t.strictSame(await waits(base, (tx) => touchAcross(tx, [])), []);
  });
}
