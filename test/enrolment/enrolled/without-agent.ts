import { join } from 'node:path';
import type { Test } from 'tap';
import { daysAgo } from '../../../shared/day.ts';
import type { MakeCommandBase } from '../../support/command-bases.ts';
import { codeIn, enrolment, must } from '../../support/enrolled.ts';

export async function withoutAgent(t: Test, makeBase: MakeCommandBase): Promise<void> {
  await t.test(
    'what an agent signed holds after central came to read the database itself, and back',
    async (t) => {
      const e = await enrolment(t, { makeBase, name: 'without_agent' });
      await e.enrol();
      const first = must(await e.central(['collect', '--json']));
      t.match(JSON.parse(first.output), [{ views: [{ new: 20 }] }]);
      const signed = async () => must(await e.central(['receipts', 'verify', 'AL'])).output;
      t.match(await signed(), /✓ AL: \d+ recibos conferem/);
      must(await e.central(['source', 'end', 'AL', '--reason', 'passa a ser lido pela VPN']));
      const database = ['--engine', 'sqlite', '--file', join(e.folder, 'estado.sqlite')];
      const act = ['--act', '23701421', '--begin', daysAgo(2), '--views', 'unidade'];
      must(
        await e.central([
          'source',
          'add',
          'AL',
          '--rule',
          '1',
          ...act,
          ...database,
          '--time-zone',
          'America/Maceio',
        ]),
      );
      const collected = must(await e.central(['collect', '--json']));
      t.match(JSON.parse(collected.output), [{ outcome: 'complete', views: [{ new: 0, changed: 0 }] }]);
      t.match(await signed(), /✓ AL: \d+ recibos conferem[\s\S]*✓ AL: \d+ registros de observações/);
      const traced = must(await e.central(['trace', 'AL', 'unidade', '3.0', '--json']));
      t.match(JSON.parse(traced.output), { result: 'proved' });

      must(await e.central(['source', 'end', 'AL', '--reason', 'volta ao agente']));
      must(await e.invite());
      must(await e.accept('--code', codeIn(must(await e.init()))));
      must(await e.central(['collect']));
      t.match(await signed(), /✓ AL: \d+ recibos conferem/);
    },
  );
}
