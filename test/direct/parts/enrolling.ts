import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { enrolledFile, sourceFolder } from '../../../central/enrolment/enrolled-source.ts';
import type { StatusReport } from '../../../central/status/report.ts';
import { daysAgo } from '../../../shared/day.ts';
import type { MakeCommandBase } from '../../support/command-bases.ts';
import { must } from '../../support/enrolled.ts';
import { refused } from '../../support/refused-command.ts';
import { directScene } from './scene.ts';
import type { MakeState } from './states.ts';

export async function enrolling(t: Test, makeBase: MakeCommandBase, makeState: MakeState): Promise<void> {
  const scene = await directScene(t, makeBase, makeState, 'cadastro');
  const { central, add, state, database } = scene;
  const record = enrolledFile(state, 'AL');

  await t.test('outside of the agreement nothing is opened, not even to check', async (t) => {
    const tomorrow = await add('--begin', daysAgo(-1));
    refused(t, tomorrow, 'grant-not-yet-valid');
    refused(t, await add('--begin', daysAgo(200), '--months', '1'), 'grant-expired');
    t.notMatch(tomorrow.output, /Visões/, 'no view was looked for');
    t.notOk(existsSync(record));
  });

  if (database.writable !== null) {
    await t.test('a user that can write is found before anything is kept', async (t) => {
      const result = await add(...(database.writable ?? []));
      refused(t, result, 'source-unready');
      t.match(result.output, /✗ só leitura: .*\[source-writable\]/);
      t.notOk(existsSync(record));
      refused(t, await central('collect', 'AL'), 'source-unknown');
    });
  }

  await t.test('for less than was asked only when that is said', async (t) => {
    const asked = ['--views', 'advogado,visitante'];
    const less = await add(...asked);
    refused(t, less, 'views-withheld');
    t.match(less.errors, /De fora: visitante\./);
    t.notOk(existsSync(record));
    refused(t, await add(...asked, '--without', 'custodiado'), 'option-invalid');
    refused(t, await add('--without', 'advogado'), 'option-invalid');
    must(await add(...asked, '--without', 'visitante'));
    rmSync(sourceFolder(state, 'AL'), { recursive: true });
  });

  await t.test('a state is enrolled by its database alone, and collected', async (t) => {
    const added = must(await add());
    t.match(added.output, /✓ advogado: \d+ colunas, todas as do dicionário/);
    t.match(added.output, /Pela rede, sem agente: cada conferência completa traz 1 MB/);
    t.match(added.output, /✓ AL cadastrado pela regra 1: ACT 23701421/);
    t.notMatch(readFileSync(record, 'utf8'), /leitura"/, 'the password is a reference');
    const first = must(await central('collect', '--json'));
    t.match(JSON.parse(first.output), [
      { source: 'AL', outcome: 'complete', views: [{ rows: 20, new: 20 }] },
    ]);
    await database.run(`UPDATE advogado SET nome = 'Outra', atualizado_em = ${database.lately} WHERE id = 7`);
    const second = must(await central('collect', '--json'));
    t.match(JSON.parse(second.output), [{ outcome: 'complete', views: [{ new: 0, changed: 1 }] }]);
    await database.run(`DELETE FROM advogado WHERE id = 9`);
    const third = must(await central('reconcile', '--json'));
    t.match(JSON.parse(third.output), [{ views: [{}, { kind: 'reconcile', removed: 1 }] }]);
  });

  await t.test('what is told of it names the rule', async (t) => {
    t.match((await central('status')).output, /AL {2}regra 1: a central lê o banco/);
    const { rows } = JSON.parse((await central('status', '--json')).output) as StatusReport;
    t.match(rows, [{ source: 'AL', rule: 1, act: { number: '23701421' }, certificate: null }]);
    t.match(
      (await central('doctor')).output,
      /AL: acordo 23701421, .*regra 1: a central lê o banco; 1 visões/,
    );
    t.match(must(await central('source', 'list')).output, /^AL {2}regra 1 {2}banco \(\w+\) {2}ACT 23701421/);
    const traced = await central('trace', 'AL', 'advogado', '7');
    t.match(traced.output, /não rastreável/, 'nobody else signed it');
  });

  await t.test('it is enrolled anew only when that is said', async (t) => {
    refused(t, await add(), 'already-enrolled');
    must(await add('--again', '--act', '2'));
    t.match(must(await central('source', 'act', 'AL')).output, 'ACT 2,');
    must(await central('collect'));
  });

  await t.test('it leaves, and comes back', async (t) => {
    const typed = join(sourceFolder(state, 'AL'), 'senha-do-banco');
    writeFileSync(typed, 'leitura', { mode: 0o600 });
    t.match(must(await central('source', 'end', 'AL', '--reason', 'saiu')).output, typed);
    t.notOk(existsSync(typed), 'its password is kept no longer');
    t.strictSame(JSON.parse((await central('collect', '--json')).output), [], 'it is not asked');
    must(await add());
    t.match(JSON.parse(must(await central('collect', '--json')).output), [{ outcome: 'complete' }]);
  });
}
