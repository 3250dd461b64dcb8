// Tier: quick. In this process, on PostgreSQL, where a command opens the base at once; a service once.
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { treatSource } from '../../central/service/treat-source.ts';
import { createLogger } from '../../shared/log.ts';
import { ArraySource, type Row, viewOf } from '../support/array-source.ts';
import { centralDatabase, query } from '../support/bases.ts';
import { centralFolder } from '../support/central-folder.ts';
import { runCommand } from '../support/commands.ts';
import { until } from '../support/deferred.ts';
import { testPostgres } from '../support/postgres.ts';
import { subject } from './treatment-commands/subject.ts';

const server = await testPostgres(t);

const columns = ['id', 'nome', 'data_nascimento', 'sexo', 'cor_olhos', 'atualizado_em'];

/** A person with a birth and a word for the sex, changed at that minute. */
function person(id: number, birth: string | null, sex: string | null, minute = 0): Row {
  const at = `2026-01-01 00:${String(minute).padStart(2, '0')}:${String(id).padStart(2, '0')}.000000`;
  return [`id-${id}`, `MARIA DA SILVA ${'ABCDEFGH'[id]}`, birth, sex, 'verdes', at];
}

const rows = () => [
  person(1, '1990-05-17', 'F'),
  person(2, null, 'FEM.QQ'),
  person(3, '31/02/1991', 'fem qq'),
  person(4, '1992-05-17', 'SEM DADO QQ'),
];

async function state(t: Test, name: string) {
  const central = centralFolder(t);
  const { base, url } = await centralDatabase(t, server, name);
  const file = join(central.folder, 'password');
  writeFileSync(file, 'admin', { mode: 0o600 });
  const never = '0 3 1 1 *';
  const config = { schedule: never, reconcile: { schedule: never }, base: { url, password: { file } } };
  const source = new ArraySource({ description: viewOf('custodiado', columns), rows: rows() });
  await central.enrol('AL', source);
  const command = (...args: string[]) =>
    runCommand('central', ['-c', join(central.folder, 'central.yaml'), ...args], {
      environment: { SUDO_USER: 'ana' },
    });
  const json = async (...args: string[]) => {
    const { code, output, errors } = await command(...args, '--json');
    t.equal(errors, '', args.join(' '));
    return { code, told: JSON.parse(output) as unknown };
  };
  return { ...central, base, config, source, command, json };
}

void t.test('from what a state gave to what is wrong with it, by the commands', async (t) => {
  const s = await state(t, 'commands');
  await s.configure(s.config);
  t.match(await s.command('treat'), { code: 0, output: /Nada a tratar/ });
  t.match(await s.command('collect'), { code: 0 });
  t.match((await s.command('findings')).output, /AL: ainda não tratado/, 'nothing found is no good news yet');

  await t.test('treat says what it did, failed at and left', async (t) => {
    const { code, told } = await s.json('treat', 'al');
    t.equal(code, 0);
    t.match(told, [
      {
        ...{ source: 'AL', outcome: 'complete', problem: null, beyond: { custodiado: ['cor_olhos'] } },
        typed: [{ view: 'custodiado', rows: 4, outcome: 'typed' }],
      },
    ]);
    const { output } = await s.command('treat', '--full');
    t.match(output, /^AL: tratado; linhas: 4, conferências: \d+, achados novos: 0, resolvidos: 0$/m);
    t.match(output, /^AL, nota do estado: \d+,\d de 100$/m);
    t.match(output, /custodiado +│ +4 │ +4 │ +\d+ │ +\d+,\d │ tratada/);
    t.match(output, /além do dicionário.*: cor_olhos$/m);
    t.ok(
      output.split('\n').every((line) => line.length <= 80),
      output,
    );
    t.match((await s.json('treat', '--step', 'check')).told, [
      { typed: [], outcome: 'complete', judged: { scores: [{ view: 'custodiado', rows: 4 }] } },
    ]);
    for (const wrong of [['XX'], ['--step', 'all'], ['--step', 'type', '--full']]) {
      t.match(await s.command('treat', ...wrong), { code: 2, errors: /\[option-invalid\]/ }, wrong.join(' '));
    }
  });

  await t.test('what is held of a person, and who looked', (t) => subject(t, s));

  await t.test('findings: by rule, the rows of one, and all for the state', async (t) => {
    const { told } = await s.json('findings', 'al');
    t.match(
      (told as { rule: string }[]).find(({ rule }) => rule === 'P07'),
      { source: 'AL', view: 'custodiado', severity: 'grave', open: Number, oldest: /Z$/ },
    );
    t.match((await s.command('findings')).output, /^P07 grave +AL custodiado +\d+ {2}desde/m);
    const listed = await s.json('findings', 'AL', '--rule', 'p07', '--reveal');
    t.match(listed.told, { rule: 'P07', severity: 'grave', findings: [{ view: 'custodiado', id: 'id-2' }] });
    t.notMatch((await s.command('findings', '--rule', 'P07')).output, 'id-2', 'what names a row is masked');
    t.match(await s.command('findings', '--rule', 'c07B'), { code: 0, output: /^C07b \(/ }, 'in any case');
    t.match(await s.command('findings', '--rule', 'Z99'), { code: 2, errors: /há: .*P07/ });
    const file = join(s.folder, 'AL.csv');
    t.match(await s.command('findings', 'export', 'AL', '--out', file), { code: 0, output: `✓ ${file}` });
    t.equal(statSync(file).mode & 0o777, 0o600);
    t.notMatch(readFileSync(file, 'utf8'), /id-2|1991/);
    t.match(readFileSync(file, 'utf8'), /^\uFEFFregra;gravidade;visao;id;.*\r\nP07;grave;custodiado;/s);
    t.match(
      (await s.command('findings', 'export', 'AL', '--reveal')).output,
      /^P11;média;custodiado;id-3;;[^;]+;[^;]+;[^;]+;fem qq$/m,
      'with what the state gave',
    );
  });

  await t.test('codes: what is not known, and what a person says of it', async (t) => {
    const unknown = await s.json('codes', 'AL');
    const words = [
      { word: 'FEM.QQ', rows: 2 },
      { word: 'SEM DADO QQ', rows: 1 },
    ];
    t.strictSame(unknown.told, [
      { source: 'AL', column: 'custodiado.sexo', words, more: { words: 0, rows: 0 } },
    ]);
    t.match((await s.command('codes')).output, /^AL custodiado\.sexo: 2 palavras, em 3 linhas$/m);
    const map = (...args: string[]) => s.command('codes', 'map', 'AL', ...args);
    t.match(await map('custodiado.sexo', 'fem_qq', 'mulher?'), { code: 2, errors: /há: .*feminino/ });
    t.match(await map('custodiado.nome', 'x', 'y'), { code: 2, errors: /há: .*custodiado\.sexo/ });
    t.match(await map('custodiado.sexo', '?!', '--nothing'), { code: 2, errors: /\[option-invalid\]/ });
    t.match(await map('custodiado.sexo', 'fem_qq'), { code: 2, errors: /--nothing/ });
    t.match(await map('custodiado.sexo', 'fem_qq', 'feminino', '--reason', 'disse o estado'), {
      ...{ code: 0, output: /→ feminino\n2 linhas, no próximo tratamento/ },
    });
    t.match(await map('custodiado.sexo', 'SEM DADO QQ', '--nothing'), { code: 0 });
    t.strictSame((await s.json('codes')).told, [], 'known by now');
    t.match((await s.json('treat')).told, [{ typed: [{ rows: 3 }] }], 'and treated again, nothing else');
  });

  await t.test('trace: what became of each value, what is wrong, what it was', async (t) => {
    const trace = async (id: string, ...more: string[]) =>
      JSON.parse((await s.command('trace', 'AL', 'custodiado', id, '--json', ...more)).output) as unknown;
    t.match(await trace('id-3', '--reveal'), {
      treated: {
        result: 'treated',
        values: [
          { column: 'nome', made: 'as-given' },
          {
            column: 'data_nascimento',
            step: 'type',
            made: 'lost',
            given: '31/02/1991',
            typed: null,
            notes: ['invalid'],
          },
          {},
        ],
        codes: [{ column: 'sexo', word: 'fem qq', value: 'feminino', made: 'assigned' }],
        history: [],
      },
    });
    s.source.views[0]?.rows.push(person(2, '17/05/1990', 'F', 1));
    t.match(await s.command('collect'), { code: 0 });
    t.match(
      await trace('id-2'),
      { treated: { result: 'waiting', values: [] } },
      'what is new is not treated yet',
    );
    t.match(await s.command('treat'), { code: 0 });
    const told = (await s.command('trace', 'AL', 'custodiado', 'id-2')).output;
    t.match(told, /data_nascimento: 17….* → 19….* \(limpo\)/);
    t.match(told, /✓ P07 \(grave\).* fechado em /, 'mended by the state, it is closed');
    t.match(told, /de .* até .*\n {4}data_nascimento: \(nulo\) → 19…/);
    t.notMatch(told, /MARIA|1990|feminino/);
    t.match(await trace('id-2', '--number', '1', '--reveal'), {
      treated: { values: [{}, { column: 'sexo', given: 'FEM.QQ', typed: 'feminino' }] },
    });
  });
});

void t.test('what is much is bounded and said; Ctrl-C stops cleanly', async (t) => {
  const s = await state(t, 'much');
  const many = Array.from({ length: 1100 }, (_, n) => person(n + 10, null, `PALAVRA ${n}`));
  s.source.views[0]?.rows.push(...many);
  s.source.rowsPerPage = 2000;
  await s.configure(s.config);
  t.match(await s.command('collect'), { code: 0 });
  const file = join(s.folder, 'central.yaml');
  const stopped = await runCommand('central', ['-c', file, 'treat'], { stop: AbortSignal.abort() });
  t.match(stopped, { code: 1, output: /^AL: tratamento interrompido/, errors: '' });
  const stop = new AbortController();
  const controls = { stop: stop.signal, onProgress: () => stop.abort() };
  const of = { base: s.base, clock: { now: Date.now }, log: createLogger('silent', 'test') };
  const cut = await treatSource('AL', 'treat', of, controls);
  t.match(cut, { outcome: 'stopped', error: null, treated: null }, 'also in the middle');
  const goesOn = await s.json('treat');
  t.match(goesOn, { code: 0, told: [{ typed: [{ outcome: 'typed' }] }] });
  const [
    {
      typed: [rest],
    } = { typed: [] },
  ] = goesOn.told as { typed: { rows: number }[] }[];
  t.ok((rest?.rows ?? 1104) < 1104, 'what was done is not done again');
  const { told } = await s.json('codes');
  const [{ words = [], more } = {}] = told as { words?: unknown[]; more?: object }[];
  t.equal(words.length, 1000);
  t.strictSame(more, { words: 102, rows: 102 });
  t.match((await s.command('codes')).output, /e mais 1\.072 palavras, em 1\.07\d linhas$/);
  t.match((await s.command('findings', '--rule', 'P07')).output, /Mostrados 200 de 1\.101; todos/);
  const { output } = await s.command('findings', 'export', 'AL', '--reveal');
  const ids = output.split('\n').flatMap((line) => /^P07;grave;custodiado;([^;]+);/.exec(line)?.[1] ?? []);
  t.equal(new Set(ids).size, 1101);
  t.equal(ids.length, 1101);
});

void t.test('the service treats by itself what it collected, and what it is asked for', async (t) => {
  const s = await state(t, 'service');
  await s.enrol('RO', new ArraySource());
  const service = await s.serve(s.config, '--now');
  t.teardown(() => service.stop());
  await until('it was treated', () => service.said('AL: tratado; linhas: 4,') === 1);
  await until('RO has failed', () => service.said('RO: ') > 0);
  t.match(await s.command('treat', '--json'), { code: 0, output: /"source":"AL","outcome":"complete"/ });
  const { told } = await s.json('jobs');
  const jobs = (told as { kind: string; source: string; reason: string; state: string }[]).filter(
    ({ kind }) => kind === 'treat',
  );
  t.match(jobs, [
    { source: 'AL', reason: 'collected', state: 'ended', outcome: 'complete', progress: { rows: Number } },
    { source: 'AL', reason: 'asked', outcome: 'complete' },
  ]);
  t.equal(jobs.length, 2, 'of what was never collected nothing is treated');
  t.match((await s.command('jobs')).output, /tratamento +│[^\n]*\n│ +│ +│ \(depois da coleta\)/);

  // A treatment that fails harms no collection, and says so.
  await query(s.base, 'ALTER TABLE nacional.registro RENAME TO moved');
  s.source.views[0]?.rows.push(person(5, '1990-05-17', 'M', 2));
  t.match(await s.json('collect', 'AL'), { code: 0, told: [{ outcome: 'complete', views: [{ new: 1 }] }] });
  t.match(await s.json('treat'), {
    code: 1,
    told: [{ outcome: 'failed', typed: [{ view: 'custodiado', outcome: 'failed', problem: 'base-failed' }] }],
  });
  await until('the service says so as well', () => service.said('AL: tratamento falhou (base-failed)') > 0);
});
