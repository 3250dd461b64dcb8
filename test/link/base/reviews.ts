import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { type AnswerChoice, askEach } from '../../../central/commands/link/review-asking.ts';
import { linkerInForce } from '../../../central/treat/linking/linker.ts';
import { reviewQuestions } from '../../../central/treat/linking/review.ts';
import { query } from '../../support/bases.ts';
import type { TestPostgres } from '../../support/postgres.ts';
import { addRegisters, idOf } from '../deciding/registers.ts';
import { many } from './many.ts';
import { linkAll, linkScene } from './scene.ts';

/** What people are asked, in a terminal and by a file; and how well it is done, held against the truth. */
export async function reviews(t: Test, server: TestPostgres): Promise<void> {
  const s = await linkScene(t, server, 'reviews');
  t.match(await s.command('review'), { code: 0, output: '✓ Nenhum par à espera de revisão.' });
  const all = many(900);
  await addRegisters(s.base, all);
  await linkAll(s.base);

  await t.test('shown where nobody can answer, what changes most first', async (t) => {
    const { output, code } = await s.command('review', '--most', '3');
    t.equal(code, 0);
    t.ok(
      output.split('\n').every((line) => line.length <= 80),
      output,
    );
    t.equal(output.match(/^A {2}/gm)?.length, 3);
    const [somebody] = await query<{ name: string }>(s.base, 'SELECT nome AS name FROM nacional.registro');
    t.notMatch(output, somebody?.name.split(' ').at(-1) ?? '?', 'nobody is named');
    const pairs = (await s.json('review', '--most', '9999')) as {
      gain: number;
      a: string;
      b: string;
      persons: string[];
    }[];
    t.strictSame(
      pairs.map(({ gain }) => gain),
      pairs.map(({ gain }) => gain).toSorted((x, y) => y - x),
    );
    t.ok(pairs.every(({ persons: [one, other] }) => one !== other));
    t.match(await s.command('review', '--most', '0'), { code: 2 });
    await query(
      s.base,
      `INSERT INTO guarita.view (source, view, key, columns, fingerprint, epoch)
       VALUES ('RO', 'custodiado', '{id}', '[]', '', '')`,
    );
    const ofState = (await s.json('review', 'ro', '--most', '9999')) as { a: string; b: string }[];
    const inState = new Set(all.filter(({ source }) => source === 'RO').map(idOf));
    const expected = pairs.filter(({ a, b }) => inState.has(a) || inState.has(b));
    t.strictSame(
      ofState.map(({ a, b }) => [a, b]),
      expected.map(({ a, b }) => [a, b]),
      'of a state, those with one of its registers',
    );
    t.ok(expected.length > 0 && expected.length < pairs.length);
    t.match(await s.command('review', 'XX'), { code: 2, errors: /\[option-invalid\]/ });
  });

  await t.test('asked one by one', async (t) => {
    const questions = await s.base.snapshot(async (questions) => {
      return reviewQuestions(questions, null, 5, await linkerInForce(questions, 'pt-BR'));
    });
    t.equal(questions.length, 5);
    const answers: AnswerChoice[] = ['same', 'skip', 'unsure', 'quit', 'same'];
    const reasons = ['a foto', ' '];
    const recorded: object[] = [];
    let shown = 0;
    await askEach(questions, {
      show: () => Promise.resolve(void shown++),
      print: () => undefined,
      choose: () => Promise.resolve(answers.shift() ?? 'quit'),
      askReason: () => Promise.resolve(reasons.shift() ?? ''),
      record: (said) => {
        recorded.push(said);
        return Promise.resolve({ outcome: 'recorded', number: recorded.length });
      },
    });
    t.equal(shown, 4, 'who leaves is asked no more');
    const [first, , third] = questions.map(({ pair: { a, b } }) => ({ a, b }));
    t.strictSame(recorded, [
      { ...first, says: 'same', reason: 'a foto' },
      { ...third, says: 'unsure', reason: 'a foto' },
    ]);
  });

  await t.test('by a file: each row is told, and one that was answered twice is one', async (t) => {
    const file = join(s.folder, 'review.csv');
    t.match(await s.command('review', '--csv', file), { code: 0 });
    t.equal(statSync(file).mode & 0o777, 0o600);
    const nowhere = await s.command('review', '--csv', join(s.folder, 'no', 'such.csv'));
    t.match(nowhere, { code: 2, errors: /--csv: .*\[option-invalid\]/s });
    const [head = '', ...rows] = readFileSync(file, 'utf8').trimEnd().split('\r\n');
    t.match(
      head,
      /^\uFEFFnumero;resposta;motivo;quem;registro_a;registro_b;peso;duvida;ganho;nome A;nome B;.*;a;b$/,
    );
    const open = (await s.json('review', '--most', '9999')) as { a: string; b: string }[];
    t.strictSame(
      rows.map((row) => row.split(';').slice(-2)),
      open.map(({ a, b }) => [a, b]),
    );
    const answers = ['mesma', 'Distintas', 'incerto', 'talvez', '', 'mesma'];
    const answered = rows.slice(0, 6).map((row, at) => {
      const [number, , , , ...rest] = row.split(';');
      return [number, answers[at], at === 5 ? '' : 'vista a foto', at === 0 ? 'bia' : '', ...rest].join(';');
    });
    // The first pair a second time, otherwise.
    const twice = answered[0]?.replace('mesma', 'distintas');
    writeFileSync(file, [head, ...answered, twice].join('\r\n'));
    const { code, output } = await s.command('review', '--import', file);
    t.equal(code, 1);
    t.strictSame(output.split('\n').slice(0, 6), [
      'linha 2: ✓ decisão 1',
      'linha 3: ✓ decisão 2',
      'linha 4: ✓ decisão 3',
      'linha 5: ✗ "resposta" não é mesma, distintas nem incerto',
      'linha 7: ✗ "motivo" está em branco ou não se entende',
      'linha 8: ✗ contradiz a decisão 1: não registrado',
    ]);
    t.match(output, /Registradas: 3; já respondidas: 0; não registradas: 3; sem resposta: 1/);
    const said = await query(
      s.base,
      'SELECT quem AS who, por_meio AS through FROM decidido.vinculo ORDER BY numero',
    );
    t.strictSame(said.slice(0, 2), [
      { who: 'bia, por ana', through: 'file' },
      { who: 'ana', through: 'file' },
    ]);
    writeFileSync(file, [head, ...answered.slice(0, 3)].join('\r\n'));
    t.match(await s.command('review', '--import', file), {
      code: 0,
      output: /linha 2: – já respondido \(decisão 1\)/,
    });
    t.equal(
      ((await s.json('review', '--most', '9999')) as object[]).length,
      open.length - 3,
      'nobody is asked again',
    );
    t.match(await s.command('review', '--import', file, '--csv', file), { code: 2 });
    // More of them than are recorded at once, and a last line that is broken.
    const [one = ''] = all.map(idOf);
    const lines = Array.from({ length: 1300 }, () => `${one};${one};distintas;x;`);
    const [, other = '', third = ''] = all.map(idOf);
    const fresh = `${other};${third};incerto;x;`;
    writeFileSync(file, ['a;b;resposta;motivo;quem', fresh, ...lines, 'x;y'].join('\r\n'));
    const recorded = () => query(s.base, 'SELECT max(numero) AS last FROM decidido.vinculo');
    const before = await recorded();
    for (const how of [[], ['--json']]) {
      const broken = await s.command('review', '--import', file, ...how);
      t.match(broken, { output: '', errors: /linha 1303[^]*nada dele foi aproveitado[^]*\[table-invalid\]/ });
      t.strictSame(await recorded(), before, 'nothing of it was');
    }
    writeFileSync(file, 'x;y\r\n1;2\r\n');
    t.match(await s.command('review', '--import', file), { code: 2, errors: /\[table-invalid\]/ });
  });

  await t.test('evaluate: the base against the truth, also by state', async (t) => {
    const file = join(s.folder, 'truth.csv');
    writeFileSync(
      file,
      ['id,person', ...all.map((r) => `${r.source} custodiado ${r.id},${r.owner}`)].join('\n'),
    );
    const of = await s.json('evaluate', file);
    t.match(of, { all: { of: 'registers', known: 900, automatic: { registers: { of: undefined } } } });
    const { all: whole, states } = of as {
      all: { automatic: { pairs: { precision: { share: number } } } };
      states: object;
    };
    t.ok(whole.automatic.pairs.precision.share > 0.99);
    t.strictSame(Object.keys(states), ['AL', 'MS', 'PE', 'RO']);
    const same = Object.values(Object.groupBy(all, ({ owner }) => owner)).flatMap((group = []) =>
      group.length > 1 ? [[group[0], group[1]] as const] : [],
    );
    const text = (register: (typeof all)[number] | undefined) =>
      register === undefined ? '' : idOf(register);
    const two = same.slice(1).map(([one], at) => `${text(one)},${text(same[at]?.[0])},0`);
    writeFileSync(
      file,
      ['a,b,same', ...same.map(([one, other]) => `${text(one)},${text(other)},1`), ...two].join('\n'),
    );
    const { output } = await s.command('evaluate', file);
    t.match(output, new RegExp(`^Verdade: ${same.length + two.length} pares`));
    t.match(output, /^AL: Verdade: \d+ pares/m);
    t.ok(output.split('\n').every((line) => line.length <= 80));
  });
}
