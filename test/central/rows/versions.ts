import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { migrateBase } from '../../../central/base/migrate.ts';
import type { Row } from '../../support/array-source.ts';
import { openPostgresBase, testFolder } from '../../support/bases.ts';
import { runCommand } from '../../support/commands.ts';
import { Loader } from '../../support/loader.ts';
import { holdFolder } from '../../support/lock-holder.ts';
import type { TestPostgres } from '../../support/postgres.ts';

export async function versionsOfRows(t: Test, server: TestPostgres): Promise<void> {
  const folder = testFolder(t);
  /** Where nothing ever was. */
  const state = join(folder, 'state');
  const config = join(folder, 'central.yaml');
  writeFileSync(
    config,
    JSON.stringify({ state, base: { password: { env: 'SENHA' } }, log: { level: 'silent' } }),
  );
  const base = openPostgresBase(server, 'postgres');
  t.teardown(() => base.close());
  await migrateBase(base);
  const central = (...args: string[]) =>
    runCommand(
      'central',
      ['-c', config, '--base', `postgres://postgres@127.0.0.1:${server.port}/postgres`, ...args],
      {
        environment: { SENHA: 'admin' },
      },
    );
  const versions = async (...args: string[]) => {
    const { output } = await central('source', 'versions', 'AL', 'pessoa', ...args, '--json');
    return JSON.parse(output) as { states: number; versions: Record<string, unknown>[] };
  };

  const row = (id: string, nome: string | null, day = 1): Row => [id, nome, `2026-01-${day}`];

  await t.test('what a row was, from one change to the next', async (t) => {
    const loader = await Loader.on(base, 'AL', undefined, { key: ['id', 'atualizado_em'] });
    const key: [string, string] = ['7', '2026-01-1'];
    await loader.load([row('7', 'MARIA DAS DORES')], { run: 1 });
    await loader.load([row('7', null)], { run: 2 });
    await loader.lookup([], [['7', null, '2026-01-1']], { run: 3 });
    await loader.load([row('7', ' ')], { run: 4 });

    t.match(await versions(...key, '--reveal'), {
      ...{ states: 4, keptSince: '0', key: '7 / 2026-01-1' },
      versions: [
        { number: 1, event: 'new', run: '1', changed: [], removed: false },
        {
          ...{ number: 2, event: 'changed', run: '2', removed: false },
          changed: [{ column: 'nome', before: 'MARIA DAS DORES', after: '(nulo)' }],
        },
        { number: 3, event: 'removed', run: '3', changed: [], removed: true },
        {
          number: 4,
          event: 'back',
          run: '4',
          changed: [{ before: '(nulo)', after: '(em branco)' }],
          to: null,
        },
      ],
    });
    const told = (await versions(...key)).versions;
    for (const [index, version] of told.entries()) {
      t.equal(version['to'], told[index + 1]?.['from'] ?? null);
      t.equal(version['until'], told[index + 1]?.['since'] ?? null);
    }
    const { code, output } = await central('source', 'versions', 'AL', 'pessoa', ...key);
    t.equal(code, 0);
    t.match(output, /MA… → \(nulo\).*removida.*voltou/s);
    t.notMatch(output, 'MARIA');
    for (const command of [['trace'], ['source', 'versions']]) {
      for (const [view, told] of [
        ['pessoa', 'A chave de "pessoa" é: id, atualizado_em.'],
        ['outra', 'A base não tem a visão "outra" de "AL"; há: pessoa.'],
      ] as const) {
        const { code, errors } = await central(...command, 'AL', view, '7');
        t.equal(code, 2);
        t.match(errors, told);
      }
    }
  });

  await t.test('of very many, the latest', async (t) => {
    const loader = await Loader.on(base, 'AL', undefined, { key: ['id', 'atualizado_em'] });
    for (let each = 1; each <= 103; each++) await loader.load([row('8', `v${each}`)]);
    const { states, versions: shown } = await versions('8', '2026-01-1', '--reveal');
    t.equal(states, 103);
    t.equal(shown.length, 100);
    t.match(shown[0], { number: 4, changed: [{ before: 'v3', after: 'v4' }] });
    const { output } = await central('source', 'versions', 'AL', 'pessoa', '8', '2026-01-1');
    t.match(output, 'Mostradas as 100 mais recentes de 103.');
  });

  await t.test('a source that signs nothing is told as such, and no folder is needed or made', async (t) => {
    const { code, output } = await central('trace', 'AL', 'pessoa', '7', '2026-01-1');
    t.equal(code, 3);
    t.match(output, 'não rastreável');
    t.notOk(existsSync(state));
  });

  await t.test('the base of a folder that a service has is not looked into', async (t) => {
    const own = testFolder(t);
    const file = join(own, 'central.yaml');
    writeFileSync(file, JSON.stringify({ state: own, log: { level: 'silent' } }));
    await holdFolder(t, own);
    for (const command of [['trace'], ['source', 'versions']]) {
      const { code, errors } = await runCommand('central', ['-c', file, ...command, 'AL', 'unidade', '1']);
      t.equal(code, 1);
      t.match(errors, '[central-running]');
    }
  });
}
