import { readFileSync, writeFileSync } from 'node:fs';
import type { Test } from 'tap';
import { openDirectHome } from '../../../central/direct/home.ts';
import { enrolledFile } from '../../../central/enrolment/enrolled-source.ts';
import { openDatabase } from '../../../central/sources/database.ts';
import { createLogger } from '../../../shared/log.ts';
import type { MakeCommandBase } from '../../support/command-bases.ts';
import { must } from '../../support/enrolled.ts';
import { directScene } from './scene.ts';
import type { MakeState } from './states.ts';

export async function agreedViews(t: Test, makeBase: MakeCommandBase, makeState: MakeState): Promise<void> {
  const { central, add, state } = await directScene(t, makeBase, makeState, 'visoes');
  must(await add());

  await t.test('a view that only the record names is not read, and told; the others are', async (t) => {
    const file = enrolledFile(state, 'AL');
    const record = JSON.parse(readFileSync(file, 'utf8')) as { readonly views: readonly object[] };
    const [agreed = {}] = record.views;
    writeFileSync(file, JSON.stringify({ ...record, views: [agreed, { ...agreed, name: 'copia' }] }));
    t.match(JSON.parse((await central('collect', '--json')).output), [
      {
        outcome: 'failed',
        views: [
          { view: 'advogado', outcome: 'complete', new: 20 },
          { view: 'copia', problem: 'view-not-granted' },
        ],
      },
    ]);
  });

  await t.test('nor when it is asked for by its name: the database is not even opened', async (t) => {
    const home = await openDirectHome({ state }, 'AL');
    t.teardown(() => home.close());
    const { agreements, journal } = home;
    const source = openDatabase({
      open: () => Promise.reject(new Error('opened')),
      ...{ withheld: [], allowWritable: false, agreements, journal, log: createLogger('silent', 'test') },
      requireSession: () => undefined,
    });
    await t.rejects(source.page('copia', { after: null, until: null }), { code: 'view-not-granted' });
    await t.rejects(source.page('advogado', { after: null, until: null }), { message: 'opened' });
  });
}
