import { readFileSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { Test } from 'tap';
import { openCentralState } from '../../../central/state/state.ts';
import { people } from '../../support/array-source.ts';
import { arraySource, centralFolder } from '../../support/central-folder.ts';
import type { MakeCommandBase } from '../../support/command-bases.ts';
import { runCommand } from '../../support/commands.ts';

/** What an operator does from day to day, by the commands themselves: a real agent, a real base. */

export async function commandsOfADay(t: Test, makeBase: MakeCommandBase): Promise<void> {
  await t.test('collect, reconcile, quarantine, attention, status, doctor', async (t) => {
    const central = centralFolder(t, makeBase);
    const source = arraySource(people(1, 200));
    await central.enrol('AL', source);
    const file = await central.configure({ schedule: '0 3 * * *' });
    const environment = { ...central.environment };
    const run = (...args: string[]) =>
      runCommand('central', ['-c', file, ...args], { isTerminal: true, environment });
    const scheduled = (...args: string[]) =>
      runCommand('central', ['-c', file, ...args], { environment: central.environment });
    const json = async (...args: string[]) => {
      const { code, output } = await run(...args, '--json');
      return { code, told: JSON.parse(output) as unknown };
    };
    const rows = source.views[0]?.rows ?? [];

    const before = await json('status');
    t.match(before, { code: 1, told: { health: 'warning', rows: [{ source: 'AL', view: 'custodiado' }] } });
    t.match(await run('collect'), { code: 0, output: /AL +│ custodiado +│ +200 │ +200 /, errors: '' });
    t.match(await json('status'), {
      code: 0,
      told: { health: 'ok', rows: [{ view: 'custodiado', rows: 200, quarantined: 0, health: 'ok' }] },
    });

    rows.splice(7, 1, ...['A', 'B'].map((nome) => ['000008', nome, '2026-01-01 00:00:00']));
    rows.splice(21, 3);
    const reconciled = await run('reconcile', 'al', '--view', 'custodiado');
    t.equal(reconciled.code, 0);
    t.match(reconciled.output, /custodiado \(conferência\) +│ +198 │ +0 │ +0 │ +196 │ +3 │ +2 │/);

    const listed = await run('quarantine', 'list', 'AL');
    t.match(listed.output, /key-repeated .*\(id\)/);
    t.notMatch(listed.output, '000008', 'keys are masked');
    t.match((await run('quarantine', 'list', '--reveal')).output, '000008');
    const report = join(central.folder, 'AL.csv');
    t.match(await run('quarantine', 'export', 'AL', '--out', report), { code: 0, output: `✓ ${report}` });
    t.equal(statSync(report).mode & 0o777, 0o600);
    t.match(readFileSync(report, 'utf8'), /^\uFEFF"?visao"?;/);
    t.notMatch(readFileSync(report, 'utf8'), '000008');
    t.match(await json('status'), { code: 1, told: { rows: [{ quarantined: 2, health: 'warning' }] } });

    const taken = rows.splice(0, 151);
    t.match(await run('reconcile'), { code: 1, output: /aguarda decisão \(view-shrank\)/ });
    const told = (await run('collect')).output;
    t.match(told, /linhas que sumiram: 149 de 196/, 'it tells what waits');
    t.notMatch(told, 'rows', 'in Portuguese');
    t.match(await json('collect'), { told: [{ attention: [{ subject: '149' }] }] });
    t.match(await json('attention'), {
      told: [{ source: 'AL', view: 'custodiado', code: 'view-shrank', decision: null }],
    });
    t.match(await json('status'), { code: 2, told: { health: 'critical' } });
    // More is gone, and only programs are told, and what prints to no person.
    taken.push(...rows.splice(0, 10));
    t.match(await scheduled('collect'), { code: 1, output: /custodiado/ });
    t.match(await scheduled('reconcile'), { code: 1 });
    t.match(await scheduled('attention'), { code: 0, output: /view-shrank/ });
    t.match(await json('collect'), { told: [{ attention: [{ subject: '159' }] }] });
    t.match(await json('attention'), { told: [{ subject: '159', decision: null }] });
    t.match(await run('attention', 'accept', 'AL'), { code: 1, errors: /\[attention-changed\]/ });
    t.match(await json('attention'), { told: [{ subject: '159', decision: null }] });
    t.match(await run('collect'), { code: 1, output: /view-shrank/ });
    t.match(await run('attention', 'refuse', 'AL', 'abcdef'), { code: 1, errors: /\[attention-changed\]/ });
    t.match(await run('attention', 'refuse', 'AL', '--reason', 'o estado negou'), {
      code: 0,
      output: /view-shrank: linhas que sumiram: 159 de 196\): recusado/,
    });
    const answers = () => {
      const state = openCentralState(central.folder);
      const all = state.answers.after(0, 9);
      state.close();
      return all;
    };
    t.match(
      answers(),
      [{ decision: 'refused', subject: '159', who: userInfo().username, reason: 'o estado negou' }],
      'who decided, and why, is kept; what was not decided is no decision',
    );
    t.match(
      await run('attention', 'accept', 'AL'),
      { code: 1, errors: /\[attention-unknown\]/ },
      'refused stays',
    );
    t.match((await run('attention')).output, 'recusado');
    environment['SUDO_USER'] = 'carla';
    t.match(await run('attention', 'refuse', 'AL', '--view', 'custodiado'), { code: 0 });
    t.match(answers(), [{}, { who: 'carla', reason: null }], 'many share the account of the service');
    rows.unshift(...taken);
    t.match(await run('collect'), { code: 0 }, 'it came back: what was owed is done');
    t.match((await run('attention')).output, 'Nenhuma visão aguarda decisão.');
    t.match(await run('attention', 'accept', 'AL'), { code: 1, errors: /\[attention-unknown\]/ });
    t.match(await run('attention', 'accept', 'XX'), { code: 2, errors: /\[source-unknown\]/ });

    rows.splice(7, 2, ...people(8, 8));
    t.match(await run('collect'), { code: 0 });
    t.match((await run('quarantine', 'list')).output, 'Nenhuma linha em quarentena.');
    t.match(await json('status'), { code: 0, told: { health: 'ok' } });
    t.match(await json('doctor'), { code: 0, told: { health: 'ok' } });
  });
}
