import type { Test } from 'tap';
import type { Base } from '../../../central/base/base.ts';
import { enqueueDue, setDue, takeScope } from '../../../central/base/national-layer/queue.ts';
import { query } from '../../support/bases.ts';
import { until } from '../../support/deferred.ts';
import type { TestPostgres } from '../../support/postgres.ts';

/** What falls due is set down while somebody looks at it: neither waits for the other for ever, and the key comes again. */
export async function dueMeanwhile(t: Test, base: Base, other: Base, server: TestPostgres): Promise<void> {
  const key = ['cpf', '', '00000000191'];
  for (const table of ['fila', 'varredura', 'agenda']) await query(base, `DELETE FROM nacional.${table}`);
  await query(base, 'INSERT INTO nacional.fila (assunto, fonte, chave) VALUES ($1, $2, $3)', key);
  await query(
    base,
    `INSERT INTO nacional.agenda (assunto, fonte, chave, dia) VALUES ($1, $2, $3, '2026-01-01')`,
    key,
  );
  let due = Promise.resolve(0);
  await base.transaction(
    async (tx) => {
      const scope = await takeScope(tx, 'cpf', '', 1, () => Promise.resolve(null));
      if (scope === null) throw new Error('nothing waits');
      due = other.transaction((each) => enqueueDue(each, '2026-11-29', 10), { use: 'treating' });
      await until('it waits', async () => {
        const waits = await server.admin(
          `SELECT FROM pg_stat_activity WHERE datname = 'base_shared' AND wait_event_type = 'Lock'`,
        );
        return waits.length > 0;
      });
      await setDue(tx, scope, new Map());
    },
    { use: 'treating' },
  );
  t.equal(await due, 1);
  t.match(await query(base, 'SELECT chave FROM nacional.fila'), [{ chave: '00000000191' }]);
  t.strictSame(await query(base, 'SELECT chave FROM nacional.agenda'), []);
}
