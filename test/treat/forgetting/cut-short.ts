import type { Test } from 'tap';
import type { Base, Transaction, TransactionOptions } from '../../../central/base/base.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import { query, type TestBases } from '../../support/bases.ts';
import { TappedBase } from '../../support/tapped-base.ts';
import { forgettingScene, rowsOf, type ViewName, whereFound } from './scene.ts';

/** Most transactions in which somebody is forgotten, and more. */
const most = 50;
const killed = new GuaritaError('stopped', 'A kill.');

/** A base that is lost in its n-th transaction, from 0 on: what was committed before it is all that is there. */
class LostBase extends TappedBase {
  #left: number;

  constructor(base: Base, after: number) {
    super(base);
    this.#left = after;
  }

  override async transaction<T>(
    work: (tx: Transaction) => Promise<T>,
    options?: TransactionOptions,
  ): Promise<T> {
    const isLast = this.#left-- === 0;
    return super.transaction(async (tx) => {
      const done = await work(tx);
      if (isLast) throw killed;
      return done;
    }, options);
  }
}

/** Killed at any boundary of its transactions and run again, it comes to the same as if it had not been. */
export async function cutShort(t: Test, bases: TestBases): Promise<void> {
  const { shared: base } = bases;
  const marks = Array.from({ length: most }, (_, place) => `k${String(place).padStart(3, '0')}`);
  const all = marks.map((mark) => rowsOf(mark, ''));
  const views: readonly ViewName[] = ['custodiado', 'visita'];
  const rows = Object.fromEntries(views.map((view) => [view, all.flatMap((each) => each[view])]));
  const s = forgettingScene(t, bases, rows);
  s.source.rowsPerPage = 1000;
  t.match(await s.collect(), { outcome: 'complete' });
  await s.treat();

  const whole = await s.forget(s.person('custodiado', 'k000c'));
  t.match(whole.gone, { 'nacional.registro': 1, 'nacional.visita': 2 });
  let cuts = 0;
  for (const [place, mark] of marks.slice(1).entries()) {
    const person = s.person('custodiado', `${mark}c`);
    const lost = new LostBase(base, place);
    try {
      await s.forget(person, lost);
      break;
    } catch (error) {
      if (error !== killed) throw error;
      cuts++;
    }
    const { gone, done } = await s.forget(person);
    t.strictSame(ownOf(gone), ownOf(whole.gone), `cut ${place}: the proof tells all that went`);
    t.not(done, null, `cut ${place}: and that it is done`);
  }
  t.ok(cuts > 10, `cut in ${cuts} places`);
  const forgotten = marks.slice(0, cuts + 2).map((mark) => `${mark}c`);
  t.strictSame(await whereFound(base, forgotten), []);
  t.equal((await s.held('custodiado')).length, 2 * most - cuts - 2, 'and nobody else is gone');
  const counted = await query(
    base,
    `SELECT rows::int FROM guarita.view WHERE source = $1 AND view = 'custodiado'`,
    [s.name],
  );
  t.strictSame(counted, [{ rows: 2 * most - cuts - 2 }]);
}

/** Without what hangs on who else is alike. */
function ownOf(gone: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  const {
    'nacional.par': _pairs,
    'nacional.evento_pessoa': _moves,
    'nacional.pessoa': _person,
    ...own
  } = gone;
  return own;
}
