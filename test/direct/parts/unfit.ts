import type { Test } from 'tap';
import type { MakeCommandBase } from '../../support/command-bases.ts';
import { must } from '../../support/enrolled.ts';
import { refused } from '../../support/refused-command.ts';
import { directScene } from './scene.ts';

export async function unfit(t: Test, makeBase: MakeCommandBase): Promise<void> {
  const nowhere = () =>
    Promise.resolve({
      options: [],
      environment: {},
      writable: null,
      lately: '',
      run: () => Promise.resolve(),
    });
  const { central, add } = await directScene(t, makeBase, nowhere, 'regra');
  const at = ['--host', '203.0.113.5', '--database', 'siap', '--user', 'leitor', '--no-password'];
  const overInternet = (...more: string[]) => add('--rule', '5', '--time-zone', 'America/Maceio', ...more);

  await t.test('over the internet only what is encrypted and verified', async (t) => {
    for (const engine of ['postgres', 'mysql', 'sqlserver']) {
      for (const mode of ['off', 'encrypt']) {
        const result = await overInternet('--engine', engine, ...at, '--tls', mode);
        refused(t, result, 'rule-unfit');
        t.match(result.errors, /cifrada/, `${engine} ${mode}`);
      }
    }
  });

  await t.test('nor is a public address read as if it were within the VPN', async (t) => {
    // As a number it is a name to whoever does not ask the system what it leads to.
    for (const host of ['203.0.113.5', '2001:db8:3::5', '::ffff:203.0.113.5', '3405803781']) {
      for (const engine of ['postgres', 'mysql', 'firebird']) {
        const where = ['--host', host, '--database', 'siap', '--user', 'leitor', '--no-password'];
        const zone = ['--time-zone', 'America/Maceio'];
        const result = await add('--rule', '1', '--engine', engine, ...where, ...zone, '--tls', 'off');
        refused(t, result, 'rule-unfit');
      }
    }
  });

  await t.test('Firebird and SQLite never, and the reason is told', async (t) => {
    const firebird = await overInternet('--engine', 'firebird', ...at);
    refused(t, firebird, 'rule-unfit');
    t.match(firebird.errors, /Arc4/);
    const sqlite = await overInternet('--engine', 'sqlite', '--file', 'estado.sqlite');
    refused(t, sqlite, 'rule-unfit');
    t.match(sqlite.errors, /arquivo/);
  });

  await t.test('other rules go other ways', async (t) => {
    refused(t, await add('--rule', '2'), 'option-invalid');
    refused(t, await add('--rule', '3'), 'option-invalid');
  });

  await t.test('the script for the DBA says who reads', async (t) => {
    const script = must(await central('source', 'sql', 'AL', '--engine', 'postgres', '--views', 'advogado'));
    t.match(script.output, 'VIEW guarita.advogado AS');
    t.match(script.output, 'guarita-central source add');
    t.notMatch(script.output, /agente/);
    refused(t, await central('source', 'sql', 'AL'), 'source-unknown');
  });
}
