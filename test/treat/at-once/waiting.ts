import type { Test } from 'tap';
import type { Base, Transaction } from '../../../central/base/base.ts';
import { holdMark } from '../../../central/base/national-layer/marks.ts';
import { recordOutcomes } from '../../../central/base/national-layer/outcomes.ts';
import { enqueueDue, holdLooking, takeScope } from '../../../central/base/national-layer/queue.ts';
import { sweepAll } from '../../../central/base/national-layer/touched-subjects.ts';
import { typedView } from '../../../central/base/national-layer/typed-views.ts';
import { judgeSource } from '../../../central/treat/check/judge-source.ts';
import { thisCleaning } from '../../../central/treat/type/cleaning.ts';
import { retypeRows } from '../../../central/treat/type/retype-rows.ts';
import { markOf } from '../../../central/treat/type/type-view.ts';
import { until } from '../../support/deferred.ts';
import type { TestPostgres } from '../../support/postgres.ts';

const custodia = typedView('custodia');
if (custodia === undefined) throw new Error('there is no such view');
const mark = markOf({ source: 'AL', view: custodia, cleaning: thisCleaning });
const nothing = [[], [], []] as const;
const noNext = () => Promise.resolve(null);

/** What is not done by two at once: what one does and has not ended, and what waits for its end. */
const alone: Readonly<
  Record<string, readonly [(tx: Transaction) => Promise<unknown>, (base: Base) => Promise<unknown>]>
> = {
  'setting down what waits': [
    (tx) => enqueueDue(tx, '2026-11-29', 1),
    (base) => base.transaction((tx) => sweepAll(tx, 'AL', ['custodiado']), { use: 'treating' }),
  ],
  'looking at a subject': [
    (tx) => takeScope(tx, 'cpf', '', 1, noNext),
    (base) => base.transaction((tx) => takeScope(tx, 'cpf', '', 1, noNext), { use: 'treating' }),
  ],
  'looking at the views of a source as wholes': [
    (tx) => holdLooking(tx, 'visao', 'AL'),
    (base) => {
      const options = { rules: [], today: '2026-11-29', signal: undefined, onFailed: () => {} };
      return judgeSource(base, 'AL', [], [], options);
    },
  ],
  'typing a view, and typing rows of it again': [
    (tx) => holdMark(tx, mark),
    (base) => retypeRows(base, { source: 'AL', view: custodia, columns: ['id'], cleaning: thisCleaning }),
  ],
  'recording outcomes': [
    (tx) => recordOutcomes(tx, 'AL', '2026-11-29', ...nothing),
    (base) =>
      base.transaction((tx) => recordOutcomes(tx, 'AL', '2026-11-29', ...nothing), { use: 'treating' }),
  ],
};

/** Two treatments at once do some things one after the other; whoever comes second waits for the end of the first. */
export async function waiting(t: Test, base: Base, other: Base, server: TestPostgres): Promise<void> {
  for (const [what, [first, second]] of Object.entries(alone)) {
    await t.test(what, async (t) => {
      let ended = false;
      let later = Promise.resolve<unknown>(null);
      await base.transaction(
        async (tx) => {
          await first(tx);
          later = second(other).then(() => (ended = true));
          await until('it waits, or is done', async () => {
            const waits = await server.admin(
              `SELECT FROM pg_stat_activity WHERE datname = 'base_shared' AND wait_event_type = 'Lock'`,
            );
            return ended || waits.length > 0;
          });
          t.notOk(ended, 'it waits for the first');
        },
        { use: 'treating' },
      );
      await later;
      t.ok(ended, 'and then it is done');
    });
  }
}
