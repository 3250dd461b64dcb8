import { existsSync, rmSync, writeFileSync } from 'node:fs';
import type { Test } from 'tap';
import { directHomeFile, openDirectHome } from '../../../central/direct/home.ts';
import type { MakeCommandBase } from '../../support/command-bases.ts';
import { must } from '../../support/enrolled.ts';
import { refused } from '../../support/refused-command.ts';
import { directScene } from './scene.ts';
import type { MakeState } from './states.ts';

export async function lost(t: Test, makeBase: MakeCommandBase, makeState: MakeState): Promise<void> {
  const { central, add, state } = await directScene(t, makeBase, makeState, 'perdido');
  const file = directHomeFile(state, 'AL');
  const remove = () => {
    for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
  };
  const collected = async () => JSON.parse((await central('collect', '--json')).output) as unknown;
  must(await add());

  await t.test('a journal that is gone is missed by all, and made anew by none', async (t) => {
    remove();
    t.match(await collected(), [{ outcome: 'failed', problem: 'state-altered' }]);
    const verified = await central('receipts', 'verify', 'AL');
    refused(t, verified, 'receipts-broken');
    t.match(verified.output, /✗ AL: .*Falta/);
    refused(t, await central('receipts', 'export', 'AL', '--out', `${file}.fora`), 'state-altered');
    for (const command of ['act', 'renew'])
      refused(t, await central('source', command, 'AL'), 'state-altered');
    t.match((await central('doctor')).output, /\[state-altered\]/);
    t.notOk(existsSync(file));
    t.notOk(existsSync(`${file}.fora`));
  });

  await t.test('an empty one in its place is not begun anew', async (t) => {
    writeFileSync(file, '');
    t.match(await collected(), [{ outcome: 'failed', problem: 'state-altered' }]);
    refused(t, await central('receipts', 'verify', 'AL'), 'receipts-broken');
  });

  await t.test('a chain that does not begin with the agreement is not whole', async (t) => {
    remove();
    const home = await openDirectHome({ state }, 'AL');
    home.journal.event({ event: 'observed' });
    home.agreements.begin({
      ...{ number: '1', views: ['advogado'], extensions: [], declared: 'active', reason: null },
      ...{ begin: '2020-01-01T00:00:00.000Z', end: '2090-01-01T00:00:00.000Z' },
    });
    home.close();
    const verified = await central('receipts', 'verify', 'AL');
    refused(t, verified, 'receipts-broken');
    t.match(verified.output, /1 falhas:\n.*registro 2 .*começar pelo acordo/);
  });
}
