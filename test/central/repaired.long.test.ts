// Tier: long. A whole life over a real process: damaged, repaired, collected on.
import { join } from 'node:path';
import t from 'tap';
import { doctor } from '../../central/commands/doctor.ts';
import { status } from '../../central/commands/status.ts';
import type { StatusReport } from '../../central/status/report.ts';
import { ExitCode } from '../../shared/program.ts';
import { centralDatabase, testFolder } from '../support/bases.ts';
import { runCommand } from '../support/commands.ts';
import { damages } from '../support/damaged-state.ts';
import { sourcesOf, testCentral, testState } from '../support/deployment.ts';
import { testPostgres } from '../support/postgres.ts';
import { sameAsSource, storedRows } from '../support/stored-rows.ts';

const server = await testPostgres(t);

void t.test(
  'C7 central goes on after its state was damaged and repaired: nothing lost, nothing read anew',
  async (t) => {
    const folder = testFolder(t);
    const { base, url } = await centralDatabase(t, server, 'repaired');
    const state = await testState(t, folder, 'AL', 4000);
    const central = await testCentral(t, folder, 'central', { states: [state], base: url });
    const environment = { BASE_PASSWORD: 'admin' };
    const collect = () =>
      runCommand('central', ['-c', central.config, '--base', url, 'collect', '--json'], { environment });
    t.match(sourcesOf((await collect()).output), [{ outcome: 'complete', views: [{ new: 4000 }] }]);
    state.change(1, 50, 30);

    damages.truncate(join(central.folder, 'central.sqlite'), 0.4);
    t.match(await collect(), { code: 1, errors: /\[checkpoints-damaged\]/ });
    const context = { environment, print: () => undefined, stop: new AbortController().signal };
    await doctor({ config: central.config, base: url, repair: true }, context);

    const { code, output } = await collect();
    t.equal(code, 0, output);
    const views = sourcesOf(output)[0]?.views ?? [];
    t.match(views, [{ kind: 'collect' }, { kind: 'reconcile', outcome: 'complete', removed: 0 }]);
    t.ok((views[0]?.rows ?? 4000) < 1000, 'it went on from where the base was');
    sameAsSource(t, await storedRows(base, 'AL'), state);

    const told: string[] = [];
    try {
      status(
        [],
        { config: central.config, json: true },
        { ...context, print: (line) => void told.push(line) },
      );
    } catch (error) {
      if (!(error instanceof ExitCode)) throw error;
    }
    const { health, rows } = JSON.parse(told.join('')) as StatusReport;
    t.match(
      { health, rows },
      { health: 'ok', rows: [{ source: 'AL', view: 'custodiado', rows: 4030, owed: null, quarantined: 0 }] },
    );
  },
);
