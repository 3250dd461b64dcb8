import type { Test } from 'tap';
import { serve } from '../../../central/commands/serve.ts';
import { systemClock } from '../../../central/service/clock.ts';
import type { Attention } from '../../../central/state/attentions.ts';
import { openCentralState } from '../../../central/state/state.ts';
import { answerInBase, endsOf } from '../../support/answer-scene.ts';
import { people } from '../../support/array-source.ts';
import { centralDatabase, query } from '../../support/bases.ts';
import { arraySource, centralFolder } from '../../support/central-folder.ts';
import type { MakeCommandBase } from '../../support/command-bases.ts';
import { runCommand } from '../../support/commands.ts';
import { until } from '../../support/deferred.ts';
import { testPostgres } from '../../support/postgres.ts';

const never = { schedule: '0 3 1 1 *', reconcile: { schedule: '0 3 1 1 *' } };
/** Seconds pass as hundredths. */
const hurried = {
  ...systemClock,
  after: (milliseconds: number, act: () => void) => systemClock.after(milliseconds / 100, act),
};
const gone = 'SELECT count(*)::int AS n FROM fonte_al.custodiado WHERE _removed IS NOT NULL';

/** @param makeBase of the second, in which nobody looks while it is at work */
export async function decidedInBase(t: Test, makeBase: MakeCommandBase): Promise<void> {
  await t.test('a person accepts in the base, and soon it is done', async (t) => {
    const { base, url } = await centralDatabase(t, await testPostgres(t), 'decided');
    const central = centralFolder(t);
    const source = arraySource(people(1, 200));
    await central.enrol('AL', source);
    const file = await central.configure({ ...never, base: { url, password: { env: 'BASE' } } });
    const stopping = new AbortController();
    const environment = { BASE: 'admin' };
    const lines: string[] = [];
    const context = { environment, stop: stopping.signal, print: (line: string) => void lines.push(line) };
    const served = serve({ config: file }, context, hurried);
    t.teardown(() => stopping.abort());
    await until('it is in service', () => lines.some((line) => line.includes('em serviço')));
    const command = (...args: string[]) => runCommand('central', ['-c', file, ...args], { environment });
    t.match(await command('collect'), { code: 0 });
    source.views[0]?.rows.splice(0, 150);
    t.match(await command('reconcile'), { code: 1 });

    const waits = () => query<Attention>(base, 'SELECT * FROM guarita.attention');
    await until('it is shown', async () => (await waits()).length === 1);
    const [seen] = await waits();
    t.match(seen, { source: 'AL', view: 'custodiado', code: 'view-shrank', subject: '150', decision: null });
    const id = await answerInBase(base, seen as Attention, 'accepted', { reason: 'o estado confirmou' });
    await until('it is done', async () => (await endsOf(base, id))[0] === 'carried-out');
    await until('nothing waits any more', async () => (await waits()).length === 0);
    t.strictSame(await query(base, gone), [{ n: 150 }]);
    const decided = () =>
      query<{ outcome: string | null }>(
        base,
        `SELECT kind, outcome FROM guarita.job WHERE reason = 'decided'`,
      );
    await until('the run is shown', async () => (await decided()).some(({ outcome }) => outcome !== null));
    t.match(await decided(), [{ kind: 'collect', outcome: 'complete' }]);
    t.match(await query(base, 'SELECT version, ended FROM guarita.published'), [{ ended: null }]);
    stopping.abort();
    await served;
    const [mark] = await query<{ ended: Date | null }>(base, 'SELECT ended FROM guarita.published');
    t.not(mark?.ended, null, 'the picture says that the service has ended');
  });

  await t.test('what was answered while nobody was at work is done by the next service', async (t) => {
    const central = centralFolder(t, makeBase);
    const source = arraySource(people(1, 200));
    await central.enrol('AL', source);
    const file = await central.configure(never);
    const command = (...args: string[]) =>
      runCommand('central', ['-c', file, ...args], { environment: central.environment });
    t.match(await command('collect'), { code: 0 });
    source.views[0]?.rows.splice(0, 150);
    t.match(await command('reconcile'), { code: 1 });
    const state = openCentralState(central.folder);
    const [doubt] = state.attentions.all();
    state.close();
    const open = async () => (await central.base()).open();
    const before = await open();
    const id = await answerInBase(before, doubt as Attention, 'accepted');
    await before.close();

    const stopping = new AbortController();
    const lines: string[] = [];
    const print = (line: string) => void lines.push(line);
    const served = serve(
      { config: file },
      { environment: central.environment, stop: stopping.signal, print },
      hurried,
    );
    t.teardown(() => stopping.abort());
    await until('it is done', () => lines.some((line) => line.includes('AL: completa')));
    stopping.abort();
    await served;
    const base = await open();
    t.teardown(() => base.close());
    t.strictSame(await query(base, gone), [{ n: 150 }]);
    t.strictSame(await endsOf(base, id), ['carried-out']);
    t.match(await query(base, `SELECT view, rows::int, known FROM guarita.view_state`), [
      { view: 'custodiado', rows: 50, known: true },
    ]);
  });
}
