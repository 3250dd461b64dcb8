// Tier: quick. In this process, on PostgreSQL, where a command opens the base at once; nothing is collected.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import type { Base } from '../../central/base/base.ts';
import { rules } from '../../central/treat/rules/all.ts';
import { treat } from '../../central/treat/treat.ts';
import { daysAgo } from '../../shared/day.ts';
import { centralDatabase, query } from '../support/bases.ts';
import { centralFolder } from '../support/central-folder.ts';
import { runCommand } from '../support/commands.ts';
import { testPostgres } from '../support/postgres.ts';
import { given } from '../treat/bad-input/given.ts';

const server = await testPostgres(t);
const columns = ['id', 'nome', 'data_nascimento', 'sexo'];

async function baseNamed(t: Test, name: string) {
  const central = centralFolder(t);
  const { base, url } = await centralDatabase(t, server, name);
  const file = join(central.folder, 'password');
  writeFileSync(file, 'admin', { mode: 0o600 });
  await central.configure({ base: { url, password: { file } } });
  const command = async (...args: string[]) => {
    const done = await runCommand('central', ['-c', join(central.folder, 'central.yaml'), ...args]);
    const long = args.includes('--json') ? [] : done.output.split('\n').filter((line) => line.length > 80);
    t.strictSame(long, [], 'in 80 columns');
    return done;
  };
  const json = async (...args: string[]) => {
    const { code, output, errors } = await command(...args, '--json');
    t.strictSame([code, errors], [0, ''], args.join(' '));
    return JSON.parse(output) as unknown;
  };
  return { base, command, json };
}

const treatOn = (base: Base, today: string) => treat(base, { rules, today });

/** When a version of a row was loaded, as if it had been then: the first, those between, the one that it is now. */
async function loadedAt(base: Base, table: string, id: string, instants: readonly string[]): Promise<void> {
  await base.transaction(async (tx) => {
    const versions = await tx.query<{ from: string }>(
      `SELECT _from::text AS from FROM fonte_al_versao.${table} WHERE id = $1 ORDER BY _from`,
      [id],
    );
    for (const [place, { from }] of versions.entries()) {
      await tx.query(
        `UPDATE fonte_al_versao.${table} SET _last_changed = $2,
                _removed = CASE WHEN _removed IS NOT NULL THEN $2::timestamptz END WHERE _from = $1`,
        [from, instants[place]],
      );
    }
    await tx.query(
      `UPDATE fonte_al.${table} SET _first_seen = $2, _last_changed = $3,
              _removed = CASE WHEN _removed IS NOT NULL THEN $3::timestamptz END WHERE id = $1`,
      [id, instants[0], instants.at(-1)],
    );
  });
}

await t.test('what a row was on a day, by the clock of the state', async (t) => {
  const { base, command, json } = await baseNamed(t, 'on_a_day');
  const first = ['id-1', 'MARIA DA SILVA', '17/05/1990', 'F'];
  const loader = await given(base, 'AL', 'custodiado', columns, [first, ['id-2', 'ANA LIMA', '', 'F']]);
  await loader.load([['id-1', 'MARIA DA SILVA', '01/01/1980', 'F']]);
  await loader.lookup([], [['id-1', null, null, null]]);
  await loader.load([['id-1', 'MARIA SOUZA', '01/01/1980', 'F']]);
  // The second at a quarter to midnight in Maceió, when it is the next day in Greenwich.
  const instants = [
    '2026-05-01T12:00:00Z',
    '2026-05-11T02:45:00Z',
    '2026-05-20T12:00:00Z',
    '2026-06-01T12:00:00Z',
  ];
  await loadedAt(base, 'custodiado', 'id-1', instants);
  const on = (day: string) => json('trace', 'al', 'custodiado', 'id-1', '--on', day, '--reveal');

  t.match(await on('2026-05-05'), { result: 'untyped', number: 1, values: [] }, 'nothing is treated yet');
  await treatOn(base, daysAgo(0));

  await t.test('each state from when it came to when the next one did', async (t) => {
    t.match(await on('2026-04-30'), { result: 'not-yet', number: null, since: '2026-05-01T12:00:00.000Z' });
    t.match(await on('2026-05-01'), {
      ...{ result: 'there', number: 1, since: '2026-05-01T12:00:00.000Z', until: '2026-05-11T02:45:00.000Z' },
      ...{ day: '2026-05-01', timeZone: 'America/Maceio', behind: false },
      values: [{ column: 'nome', value: 'MARIA DA SILVA' }],
    });
    const birthOn = async (day: string) => {
      const { values } = (await on(day)) as { values: { column: string }[] };
      return values.find(({ column }) => column === 'data_nascimento');
    };
    t.match(await birthOn('2026-05-09'), { value: '1990-05-17', notes: [] });
    t.match(
      await birthOn('2026-05-10'),
      { value: '1980-01-01', notes: ['default-date'] },
      'its last hour counts',
    );
    t.match(await on('2026-05-20'), { result: 'removed', until: '2026-06-01T12:00:00.000Z' });
    t.match(await on('2026-06-01'), {
      result: 'there',
      number: 4,
      until: null,
      values: [{ value: 'MARIA SOUZA' }],
    });
    t.match(await on(daysAgo(0)), { result: 'there', number: 4 }, 'today is now');
  });

  await t.test('told to people, values masked', async (t) => {
    const told = (day: string, ...more: string[]) =>
      command('trace', 'AL', 'custodiado', 'id-1', '--on', day, ...more);
    const there = await told('2026-05-10');
    t.equal(there.code, 0);
    t.match(there.output, /^AL custodiado, i…: ao fim de 10\/05\/2026 \(America\/Maceio\)$/m);
    t.match(there.output, /^Era assim de 10\/05\/2026 23:45:00 até 20\/05\/2026 09:00:00:$/m);
    t.match(there.output, /^ {2}data_nascimento: 19… \(data de preenchimento automático\)$/m);
    t.match(there.output, /^ {2}sem valor: nome_social, /m);
    t.notMatch(there.output, /MARIA|1980/);
    t.match((await told('2026-05-10', '--reveal')).output, 'nome: MARIA DA SILVA');
    t.match((await told('2026-06-02')).output, /^É assim desde 01\/06\/2026 09:00:00:$/m);
    t.match((await told('2026-05-21')).output, /^Estava removida de .* até .*\.\nO que ela era:$/m);
    t.match((await told('2026-04-01')).output, /Ainda não estava na base/);
  });

  await t.test('what changed since, and is not treated, is not passed over', async (t) => {
    await loader.load([['id-1', 'MARIA COSTA', '01/01/1980', 'F']]);
    t.match(await on('2026-06-02'), { result: 'there', until: null, behind: true });
    t.match(await on(daysAgo(0)), { result: 'untyped', number: 5 });
    const { output } = await command('trace', 'AL', 'custodiado', 'id-1', '--on', daysAgo(0));
    t.match(output, /versão 5.*não está tratada.*guarita-central treat AL/is);
  });

  await t.test('what is no day of it is said', async (t) => {
    const refused = async (...args: string[]) => {
      const { code, errors } = await command('trace', 'AL', 'custodiado', ...args);
      return [code, /\[([a-z-]+)\]/.exec(errors)?.[1]];
    };
    for (const day of ['2026-02-30', '01/05/2026', 'ontem', '2999-01-01', '-000001-01-01']) {
      t.strictSame(await refused('id-1', `--on=${day}`), [2, 'option-invalid'], day);
    }
    t.strictSame(await refused('id-1', '--on', '2026-05-01', '--number', '1'), [2, 'option-invalid']);
    t.strictSame(await refused('id-9', '--on', '2026-05-01'), [1, 'row-unknown']);
  });

  await t.test('a view of the state’s own, and what was not kept', async (t) => {
    const tattoos = await given(base, 'AL', 'tatuagem', ['id', 'texto'], [['1', 'x']]);
    const own = await command('trace', 'AL', 'tatuagem', '1', '--on', daysAgo(0));
    t.match(own, { code: 0, output: /^Estava na base: versão 1, .*a visão não é do\sdicionário/ms });
    await tattoos.lookup([], [['1', null]]);
    t.match(await json('trace', 'AL', 'tatuagem', '1', '--on', daysAgo(0)), {
      ...{ result: 'own', removed: true, number: 2 },
    });
    const gone = await command('trace', 'AL', 'tatuagem', '1', '--on', daysAgo(0));
    t.match(gone.output, /^Estava removida: versão 2, desde .*a visão não é do\sdicionário/ms);
    await query(base, `UPDATE fonte_al.custodiado SET _first_seen = '2020-01-01' WHERE id = 'id-2'`);
    t.match(await json('trace', 'AL', 'custodiado', 'id-2', '--on', '2021-01-01'), { result: 'not-kept' });
  });
});

await t.test(
  'what the mark has passed without typing it is not told as what the row was before',
  async (t) => {
    const { base, command, json } = await baseNamed(t, 'passed_by');
    const people = (id: string, name: string) => [[id, name, '17/05/1990', 'F']];
    const loader = await given(base, 'AL', 'custodiado', columns, people('id-1', 'MARIA DA SILVA'));
    await loadedAt(base, 'custodiado', 'id-1', ['2026-05-01T12:00:00Z']);
    await treatOn(base, daysAgo(0));
    await loader.load(people('id-1', 'MARIA SOUZA'));
    await loader.load(people('id-3', 'ANA COSTA'));
    await loader.load(people('id-2', 'ANA LIMA'));
    await loader.load(people('id-1', 'MARIA COSTA'));
    await loader.lookup([], [['id-3', null, null, null]]);
    const days = ['2026-05-01T12:00:00Z', '2026-05-10T12:00:00Z', '2026-05-20T12:00:00Z'];
    await loadedAt(base, 'custodiado', 'id-1', days);
    await loadedAt(base, 'custodiado', 'id-3', days.slice(1));
    // As if a step of typing had just ended at the row that moved once: the others wait for their last change.
    await query(
      base,
      `UPDATE nacional.marca SET mudanca = (SELECT _change FROM fonte_al.custodiado WHERE id = 'id-2')
      WHERE fonte = 'AL' AND visao = 'custodiado' AND passo = 'tipo'`,
    );
    const on = (id: string, day: string) => json('trace', 'AL', 'custodiado', id, '--on', day, '--reveal');
    const version = async (id: string, number: string) => {
      const { output } = await command('trace', 'AL', 'custodiado', id, '--number', number, '--json');
      return (JSON.parse(output) as { treated: { result: string } }).treated.result;
    };

    t.match(await on('id-1', '2026-05-05'), { result: 'there', until: null, behind: true });
    t.match(await on('id-1', '2026-05-15'), { result: 'untyped', removed: false, number: 2, values: [] });
    t.match(await on('id-1', '2026-05-25'), { result: 'untyped', number: 3 });
    t.match(await on('id-3', '2026-05-15'), { result: 'untyped', removed: false, number: 1 });
    t.match(await on('id-3', '2026-05-25'), { result: 'untyped', removed: true, number: 2 });
    const gone = await command('trace', 'AL', 'custodiado', 'id-3', '--on', '2026-05-25');
    t.match(gone.output, /^Estava removida: versão 2, desde .*Não\sestá\stratada/ms);
    t.equal(await version('id-1', '1'), 'treated');
    t.equal(await version('id-1', '2'), 'waiting');
    t.equal(await version('id-1', '3'), 'waiting');
    t.equal(await version('id-3', '1'), 'waiting', 'nothing of it was typed');

    await treatOn(base, daysAgo(0));
    t.match(await on('id-1', '2026-05-15'), {
      ...{ result: 'there', number: 2, behind: false, values: [{ value: 'MARIA SOUZA' }] },
    });
    t.match(await on('id-3', '2026-05-25'), { result: 'removed', removed: true });
    t.strictSame([await version('id-1', '2'), await version('id-3', '1')], ['treated', 'treated']);
  },
);

await t.test('findings and score of each day: a state sees itself improve', async (t) => {
  const { base, command, json } = await baseNamed(t, 'day_by_day');
  const row = (id: string, birth: string) => [id, 'MARIA DA SILVA', birth, 'F'];
  const loader = await given(
    base,
    'AL',
    'custodiado',
    columns,
    ['1', '2', '3', '4'].map((id) => row(id, '')),
  );
  t.match((await command('findings', '--history')).output, /^AL: não foi tratado nesses dias\.$/);
  await treatOn(base, daysAgo(40));
  await treatOn(base, daysAgo(2));
  // As if what was found now had been found on the first of these days.
  await query(base, `UPDATE nacional.achado SET desde = desde - interval '40 days'`);
  await loader.load([row('1', '17/05/1990'), row('2', '18/05/1990'), row('5', '')]);
  const [now] = await treatOn(base, daysAgo(0));
  await treatOn(base, daysAgo(0));

  const days = (await json('findings', 'AL', '--history', '--rule', 'P07')) as Record<string, unknown>[];
  t.match(days, [
    { source: 'AL', day: daysAgo(2), open: 4 },
    { source: 'AL', day: daysAgo(0), open: 3, opened: 1, resolved: 2, rows: 5 },
  ]);
  t.equal(days.length, 2, 'older days are not asked for');
  const all = (await json('findings', '--history', '--days', '366')) as { day: string; score: number }[];
  t.strictSame(
    all.map(({ day }) => day),
    [daysAgo(40), daysAgo(2), daysAgo(0)],
  );
  t.equal(all.at(-1)?.score, now?.judged?.score, 'the score is that of the treatment');
  t.ok((all.at(-1)?.score ?? 0) > (all[0]?.score ?? 100));

  t.match(await json('findings', 'AL', '--rule', 'P07'), { findings: [{ since: /Z$/, seen: /Z$/ }] });
  const { output } = await command('findings', 'AL', '--history');
  t.match(output, /^AL: nota \d+,\d → \d+,\d, de \d\d\/\d\d\/\d{4} a \d\d\/\d\d\/\d{4}$/m);
  t.match(output, /│ \d\d\/\d\d\/\d{4} │ +\d+ │ +\d+ │ +\d+ │ \d+,\d │/);
  t.match(
    (await command('findings', 'AL', '--history', '--rule', 'p07')).output,
    /^AL: achados de P07 4 → 3, de /,
  );
  const help = (await command('findings', '--help')).output;
  t.match(help, /O que o tratamento de outro estado abre ou fecha/);
  t.match((await command('findings', 'AL')).output, /^AL: nota \d+,\d, de \d\d\/\d\d\/\d{4}\.$/m);
  for (const wrong of [
    ['--days', '5'],
    ['--history', '--days', '0'],
    ['--history', '--days', '367'],
  ]) {
    t.match(await command('findings', ...wrong), { code: 2, errors: /\[option-invalid\]/ }, wrong.join(' '));
  }
  t.match(await command('findings', '--history', '--rule', 'Z99'), { code: 2, errors: /há: .*P07/ });
});
