import { join } from 'node:path';
import { migrateBase } from '../../central/base/migrate.ts';
import { PostgresBase } from '../../central/base/postgres.ts';
import type { TreatStep } from '../../central/treat/treat.ts';
import { nodeFlags } from '../demo/processes.ts';
import type { Usage } from './measure.ts';
import { measuredProcess } from './measured-process.ts';
import { say } from './say.ts';
import { type Bench, connect } from './setup.ts';
import { changeRows } from './treat/change-rows.ts';
import { insertSelectSeconds } from './treat/insert-select.ts';
import type { TreatFigures, TreatOrder } from './treat/process.ts';
import { loadState } from './treat/source-layer.ts';

const script = join(import.meta.dirname, 'treat', 'process.ts');
const now = new Date('2026-11-01T12:00:00Z');
const today = '2026-11-01';
const days = 30;

/** `0`: nobody is put together, which of very many takes as long as all the rest, and is measured by `link`. */
const isLinked = process.env['GUARITA_BENCH_LINK'] !== '0';
const withoutLinkage: readonly TreatStep[] = ['type', 'check', 'consolidate'];

/**
 * A full treatment of a made-up state beside `INSERT … SELECT` of its rows into the same tables; then of what changed:
 * 1,000 rows, 10,000, and 10,000 after thirty days on each of which a thousandth of the rows changed, all over them; then
 * a check after rule V01 has changed, which is of all visits; and everything again, over what is there.
 */
export async function treatPart(bench: Bench): Promise<Record<string, object>> {
  const url = await bench.createDatabase('tratamento');
  const base = new PostgresBase({ url, password: 'bench', connections: 2, timeoutSeconds: 600 });
  const client = await connect(bench.server.url('tratamento'));
  const treated = (order: Partial<TreatOrder> = {}) =>
    measuredProcess<TreatFigures>(
      script,
      { url, passwordFile: bench.passwordFile, today, ...(!isLinked && { steps: withoutLinkage }), ...order },
      nodeFlags,
    );
  try {
    await migrateBase(base);
    const { views, rows } = await loadState(base, bench.rows, now);
    // Before and after what it stands beside, since machines change their pace.
    const limits = [await insertSelectSeconds(client, [...views.keys()])];
    await client.query('VACUUM ANALYZE');
    const full = await treated();
    const linkSeconds = secondsOf(full, 'link');
    say('treatment with linkage', { rows, 'rows/s': full.rows / full.seconds, ...usage(full) });
    say('of it, seconds', { ...full.parts, 'all of linkage': linkSeconds });
    await client.query('VACUUM ANALYZE');
    limits.push(await insertSelectSeconds(client, [...views.keys()]));
    const limit = limits.reduce((sum, seconds) => sum + seconds, 0) / limits.length;
    // What stands beside it puts nobody together: linkage is told by itself, and measured by `link`.
    const fullSeconds = full.seconds - linkSeconds;
    const rowsPerSecond = full.rows / fullSeconds;
    const ratio = limit / fullSeconds;
    const [before = limit, afterwards = limit] = limits;
    say('INSERT … SELECT into the same tables', { 'rows/s': rows / limit, before, after: afterwards });
    say('treatment without linkage', { 'rows/s': rowsPerSecond, seconds: fullSeconds, ratio });

    const after = async (amount: number, step: number) => {
      await changeRows(client, views, amount, step);
      const figures = await treated();
      say(`${amount.toLocaleString('en')} changed rows`, { 'rows read': figures.rows, ...usage(figures) });
      return figures;
    };
    const incremental = await after(1000, 1);
    const more = await after(10_000, 2);
    for (let day = 1; day <= days; day++) await changeRows(client, views, Math.ceil(rows / 1000), 10 + day);
    const caughtUp = await treated();
    say(`${days} days of scattered changes`, { 'rows read': caughtUp.rows, ...usage(caughtUp) });
    const later = await after(10_000, 3);
    const idle = await treated();
    say('nothing changed', usage(idle));
    // As where the rule is another one than it was: all are asked, and of the others nothing waits.
    await client.query(`DELETE FROM nacional.marca WHERE passo = 'regra V01 visita'`);
    await client.query('VACUUM ANALYZE');
    const v01 = await treated({ steps: ['check'] });
    say('a check of all by rule V01, which is another one', usage(v01));
    const again = await treated({ full: true });
    say('everything again', { 'rows/s': again.rows / again.seconds, ...usage(again) });
    const figures = {
      ...{ rows, rowsPerSecond, ratio, peakMb: full.peakMb },
      ...{ fullSeconds, insertSelectSeconds: limit, linkSeconds, parts: full.parts },
      ...{ incrementalSeconds: incremental.seconds, tenTimesSeconds: more.seconds },
      ...{ tenTimesLaterSeconds: later.seconds, idleSeconds: idle.seconds },
      ...{ fullAgainSeconds: again.seconds, v01Seconds: v01.seconds },
    };
    return { treat: figures };
  } finally {
    await client.end();
    await base.close();
  }
}

/** Of a treatment, what the parts of one step took. */
function secondsOf({ parts }: TreatFigures, step: TreatStep): number {
  const ofStep = Object.entries(parts).filter(([part]) => part.startsWith(`${step} `));
  return ofStep.reduce((sum, [, seconds]) => sum + seconds, 0);
}

function usage({ seconds, cpuSeconds, peakMb }: TreatFigures & Usage): Record<string, number> {
  return { seconds, 'central CPU s': cpuSeconds, 'central peak MB': peakMb };
}
