// Tier: quick. No statement of a day's typing reads a view as a whole, however much of it waits to be looked at, on PostgreSQL.
import t from 'tap';
import type { Base, Transaction, TransactionOptions } from '../../central/base/base.ts';
import { recordCodeMap } from '../../central/base/decided-layer/code-maps.ts';
import { enqueueDue } from '../../central/base/national-layer/queue.ts';
import { treat } from '../../central/treat/treat.ts';
import { wordForm } from '../../shared/cleaning/codes/word-form.ts';
import { query, tierBases } from '../support/bases.ts';
import { TappedBase } from '../support/tapped-base.ts';
import { given, today } from './bad-input/given.ts';

const rows = 3000;
/** What a step may take on at its first, and then some. */
const most = 1200;

interface Plan {
  readonly 'Node Type': string;
  readonly 'Actual Rows'?: number;
  readonly 'Actual Loops'?: number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Plan[];
}

/** Rows that a statement has read of tables and indexes. */
function readBy({ Plans = [], ...plan }: Plan): number {
  const own = (plan['Actual Rows'] ?? 0) + (plan['Rows Removed by Filter'] ?? 0);
  const read = plan['Node Type'].includes('Scan') ? own * (plan['Actual Loops'] ?? 1) : 0;
  return Plans.reduce((sum, each) => sum + readBy(each), read);
}

/** Instead of time, which is another one each time, what was read counts: so many rows a millisecond. */
const rowsPerMillisecond = 300;
const clock = { now: 0 };
const now = performance.now.bind(performance);
performance.now = () => clock.now;
t.teardown(() => {
  performance.now = now;
});

/** A base on which a step is short, and that notes how many rows each statement has read. */
class MeteredBase extends TappedBase {
  readonly read = new Map<string, number>();

  override get stepMilliseconds(): number {
    return 1;
  }

  override transaction<T>(work: (tx: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T> {
    return super.transaction((tx) => work(this.#metered(tx)), options);
  }

  #metered(tx: Transaction): Transaction {
    const meter = async (sql: string, parameters: readonly unknown[]) => {
      if (!/^\s*(SELECT|WITH|UPDATE|DELETE|INSERT)\b/.test(sql)) return;
      await tx.attempt(async () => {
        // So few rows are read as a whole where many would be looked up.
        await tx.execute('SET LOCAL enable_seqscan = off');
        const [plan] = await tx.query<{ 'QUERY PLAN': readonly { readonly Plan: Plan }[] }>(
          `EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${sql}`,
          parameters,
        );
        const [first] = plan?.['QUERY PLAN'] ?? [];
        if (first !== undefined) {
          const text = sql.replaceAll(/\s+/g, ' ').trim();
          const read = readBy(first.Plan);
          this.read.set(text, Math.max(this.read.get(text) ?? 0, read));
          clock.now += read / rowsPerMillisecond;
        }
        return null;
      });
    };
    return {
      ...tx,
      query: async (sql, parameters = []) => {
        await meter(sql, parameters);
        return tx.query(sql, parameters);
      },
      execute: async (sql) => {
        await meter(sql, []);
        return tx.execute(sql);
      },
    };
  }
}

t.setTimeout(300_000);
const { shared } = await tierBases(t);
const source = 'AL';
const numbered = (row: (at: number) => string[]) => Array.from({ length: rows }, (_, at) => row(at));
const units = await given(shared, source, 'unidade', ['id', 'nome'], [['x', 'A']]);
const regimes = ['id', 'custodiado_id', 'unidade_id', 'regime'];
await given(
  shared,
  source,
  'custodia',
  regimes,
  numbered((at) => [`${at}`, `${at}`, `u${at % 100}`, `QQ ${at % 60}`]),
);
const visits = ['id', 'custodiado_id', 'unidade_id', 'instante'];
await given(
  shared,
  source,
  'visita',
  visits,
  numbered((at) => [`${at}`, `${at}`, 'u1', '2026-01-01 10:00']),
);
const moves = ['id', 'custodiado_id', 'unidade_destino_id'];
await given(
  shared,
  source,
  'movimentacao',
  moves,
  numbered((at) => [`${at}`, `${at}`, 'u1']),
);
const type = (base: Base) => treat(base, { sources: [source], rules: [], step: 'type', today });
await type(shared);
const waiting = async () => {
  await query(shared, 'DELETE FROM nacional.varredura');
  await query(shared, 'DELETE FROM nacional.fila');
};

async function dearest(): Promise<readonly [statement: string, rows: number][]> {
  const metered = new MeteredBase(shared);
  const [result] = await type(metered);
  t.equal(result?.problem, null);
  t.ok(metered.read.size > 10, `${metered.read.size} statements`);
  return [...metered.read].filter(([, read]) => read > most);
}

await t.test('where a unit comes that very many rows name', async (t) => {
  await waiting();
  await units.load([['u1', 'B']]);
  t.strictSame(await dearest(), []);
  const swept = await query(shared, `SELECT assunto FROM nacional.varredura WHERE assunto = 'custodiado'`);
  t.equal(swept.length, 1, 'all are looked at again, in steps');
});

await t.test('where all units change', async (t) => {
  await waiting();
  const many = Array.from({ length: 200 }, (_, at) => [`u${at}`, `C ${at}`]);
  await units.load(many);
  t.strictSame(await dearest(), []);
});

await t.test('where a word is assigned that very many rows have', async (t) => {
  const said = { source, who: 'maria', through: 'command', reason: null, code: 'aberto' };
  const word = { column: 'custodia.regime', word: wordForm('QQ 1') ?? '' };
  await shared.transaction((tx) => recordCodeMap(tx, { ...said, ...word }));
  t.strictSame(await dearest(), []);
  const typed = await query(shared, `SELECT FROM nacional.custodia WHERE regime = 'aberto'`);
  t.equal(typed.length, rows / 60);
});

await t.test('what falls due on one day waits to be looked at some at a time', async (t) => {
  await waiting();
  const due = `SELECT 'visitante', $1, n::text, $2 FROM generate_series(1, ${rows}) n`;
  await query(shared, `INSERT INTO nacional.agenda (assunto, fonte, chave, dia) ${due}`, [source, today]);
  const left = async () => {
    const counts =
      'SELECT (SELECT count(*)::int FROM nacional.agenda) AS due, (SELECT count(*)::int FROM nacional.fila) AS waiting';
    return (await query(shared, counts))[0];
  };
  t.equal(await shared.transaction((tx) => enqueueDue(tx, today, 100)), 100);
  t.strictSame(await left(), { due: rows - 100, waiting: 100 });
  await treat(shared, { sources: [source], rules: [], step: 'check', today });
  t.strictSame(await left(), { due: 0, waiting: 0 }, 'and all are looked at');
});
