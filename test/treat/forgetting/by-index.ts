import type { Test } from 'tap';
import type { Base, Transaction, TransactionOptions } from '../../../central/base/base.ts';
import { heldOf } from '../../../central/base/forgetting/forget.ts';
import type { TestBases } from '../../support/bases.ts';
import { TappedBase } from '../../support/tapped-base.ts';
import { forgettingScene, rowsOf } from './scene.ts';

const cpf = '111.444.777-35';

/** A base that notes how each statement would reach its rows, if it could not but read a table as a whole. */
class ExplainedBase extends TappedBase {
  readonly plans: string[] = [];

  override transaction<T>(work: (tx: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T> {
    return super.transaction((tx) => work(this.#explained(tx)), options);
  }

  #explained(tx: Transaction): Transaction {
    return {
      ...tx,
      query: async (sql, parameters) => {
        if (/^\s*(SELECT|WITH|UPDATE|DELETE|INSERT)\b/.test(sql)) {
          await tx.execute('SET LOCAL enable_seqscan = off');
          const plan = await tx.query<Record<string, string>>(`EXPLAIN (VERBOSE) ${sql}`, parameters);
          await tx.execute('SET LOCAL enable_seqscan = on');
          this.plans.push(plan.flatMap((line) => Object.values(line)).join('\n'));
        }
        return tx.query(sql, parameters);
      },
    };
  }
}

/** What treatment made is reached by index: a person's rows are few, the nation's are not. */
export async function byIndex(t: Test, bases: TestBases): Promise<void> {
  const s = forgettingScene(t, bases, rowsOf('ix', cpf));
  t.match(await s.collect(), { outcome: 'complete' });
  await s.treat();
  const base: Base = new ExplainedBase(bases.shared);
  const { plans } = base as ExplainedBase;
  await heldOf(base, s.person('custodiado', 'ixc'));
  for (const [role, key] of [
    ['custodiado', 'ixc'],
    ['visitante', 'ixv'],
  ] as const) {
    await s.forget(s.person(role, key), base);
  }
  t.ok(plans.filter((plan) => plan.includes('nacional.achado')).length > 3, 'it was looked at');
  // Few rows at any time: where sweeps are.
  const whole = plans.filter((plan) => /Seq Scan on nacional\.(?!varredura)/.test(plan));
  t.strictSame(whole, []);
}
