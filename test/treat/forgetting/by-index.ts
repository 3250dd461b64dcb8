import type { Test } from 'tap';
import type { Base, Questions, Transaction, TransactionOptions } from '../../../central/base/base.ts';
import { heldOf } from '../../../central/base/forgetting/forget.ts';
import type { TestBases } from '../../support/bases.ts';
import { TappedBase } from '../../support/tapped-base.ts';
import { forgettingScene, rowsOf } from './scene.ts';

const cpf = '111.444.777-35';

/** A base that notes how each statement would reach its rows, if it could not but read a table as a whole. */
class ExplainedBase extends TappedBase {
  readonly plans: string[] = [];

  override transaction<T>(work: (tx: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T> {
    return super.transaction((tx) => work({ ...tx, query: this.#explained(tx) }), options);
  }

  override snapshot<T>(work: (questions: Questions) => Promise<T>, options?: TransactionOptions): Promise<T> {
    return super.snapshot(
      (questions) =>
        work({ query: this.#explained(questions), rows: (...asked) => questions.rows(...asked) }),
      options,
    );
  }

  #explained(questions: Questions): Questions['query'] {
    const readWhole = (may: 'on' | 'off') =>
      questions.query(`SELECT set_config('enable_seqscan', $1, true)`, [may]);
    return async (sql, parameters) => {
      if (/^\s*(SELECT|WITH|UPDATE|DELETE|INSERT)\b/.test(sql)) {
        await readWhole('off');
        const plan = await questions.query<Record<string, string>>(`EXPLAIN (VERBOSE) ${sql}`, parameters);
        await readWhole('on');
        this.plans.push(plan.flatMap((line) => Object.values(line)).join('\n'));
      }
      return questions.query(sql, parameters);
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
  for (const table of ['chave', 'par', 'evento_pessoa', 'pessoa', 'historico_registro']) {
    t.ok(
      plans.some((plan) => plan.includes('Aggregate') && plan.includes(`nacional.${table}`)),
      table,
    );
  }
  t.ok(plans.filter((plan) => plan.includes('nacional.achado')).length > 3, 'it was looked at');
  // Few rows at any time: where sweeps are.
  const whole = plans.filter((plan) => /Seq Scan on nacional\.(?!varredura)/.test(plan));
  t.strictSame(whole, []);
}
