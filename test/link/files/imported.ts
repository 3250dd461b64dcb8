import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import type { Summary } from '../../../central/link-files/summarize.ts';
import { runs } from '../../support/runs.ts';
import { madeUpColumns, madeUpCsv, sceneOf } from './scene.ts';

const count = runs(1000, 3000);
const written = new Intl.NumberFormat('pt-BR').format(count);

export async function imported(t: Test): Promise<void> {
  const { folder, write, link } = sceneOf(t);
  const file = write('presos.csv', madeUpCsv(3, count));
  const into = join(folder, 'vinculo');
  const model = join(into, 'model.json');
  const read = (of: string, name: string) => readFileSync(join(of, name), 'utf8');
  const linesOf = (of: string, name: string) => read(of, name).trimEnd().split('\r\n');

  await t.test('whole, and held against the truth', async (t) => {
    const { code, output, errors } = await link(
      ...['import', file, '--into', into, '--columns', madeUpColumns, '--truth', 'pessoa'],
    );
    t.equal(errors, '');
    t.equal(code, 0);
    t.match(output, `Registros  ${written} de presos.csv (UTF-8, separador ";")\n`);
    t.match(output, /^Pessoas +[\d.]+; \d+ delas de mais de um registro/m);
    t.match(output, /^Revisão +\d+ pares para uma pessoa decidir/m);
    t.match(output, /níveis nunca vistos ficam com o peso de/);
    t.match(output, /^Pares +(100,00|99,\d\d) \(/m);
    t.match(output, `✓ ${into}: persons.csv, review.csv, model.json, summary.json`);
    for (const line of output.split('\n')) t.ok(line.length <= 80 || line.includes(into), line);

    const persons = linesOf(into, 'persons.csv');
    t.equal(persons.length, count + 1);
    t.equal(persons[0], '\uFEFFid;person');
    const review = linesOf(into, 'review.csv');
    t.match(
      review[0],
      /^\uFEFFa;b;peso;motivo;nome;sobrenomes;sufixo;mãe;nascimento;sexo;CPF;RG;naturalidade$/,
    );
    // The weights of the comparisons and the prior are the weight of the pair.
    const { prior } = JSON.parse(read(into, 'model.json')) as { prior: number };
    for (const line of review.slice(1)) {
      const numbers = line.split(';').map((cell) => Number(cell.replace(',', '.')));
      const sum = numbers.slice(4).reduce((all, each) => all + each, prior);
      t.ok(Math.abs(sum - (numbers[2] ?? 0)) < 0.1, `${sum} ${numbers[2]}`);
    }
    if (process.platform !== 'win32') {
      t.equal(statSync(into).mode & 0o777, 0o700);
      t.equal(statSync(join(into, 'persons.csv')).mode & 0o777, 0o600);
    }
    const { evaluation, registers } = JSON.parse(read(into, 'summary.json')) as Summary;
    t.equal(registers, count);
    t.ok((evaluation?.automatic.pairs.precision.share ?? 0) > 0.99);
    t.ok((evaluation?.withReview.pairs.recall.share ?? 0) > 0.97);
  });

  await t.test('the same again in its own place, by its model, whatever the order of the rows', async (t) => {
    const { evaluation } = JSON.parse(read(into, 'summary.json')) as Summary;
    const sorted = (name: string) => read(into, name).split(/\r?\n/).toSorted();
    const names = ['persons.csv', 'review.csv', 'model.json'];
    const before = names.map(sorted);
    const [header = '', ...rows] = madeUpCsv(3, count).trimEnd().split('\n');
    write('presos.csv', [header, ...rows.toReversed()].join('\n'));
    const args = ['import', file, '--into', into, '--columns', madeUpColumns];
    const { output } = await link(...args, '--truth', 'pessoa', '--model', model, '--json');
    t.strictSame(names.map(sorted), before);
    const summary = JSON.parse(output) as Summary;
    t.equal(summary.model.trained, false);
    t.strictSame(summary.evaluation, evaluation);
  });

  await t.test('a model that does not fit', async (t) => {
    const args = ['import', file, '--into', into, '--columns'];
    const refused = async (...more: string[]) => (await link(...args, ...more)).errors;
    t.match(
      await refused(`${madeUpColumns},code:pessoa`, '--model', model),
      /foi treinado para outras colunas/,
    );
    t.match(
      await refused(madeUpColumns, '--model', model, '--locale', 'en'),
      /o modelo foi treinado para pt-BR/,
    );
    t.match(await refused(madeUpColumns, '--model', file), /não se pode ler ".*" como JSON/);
    t.match(await refused(madeUpColumns, '--model', join(into, 'summary.json')), /não é um modelo/);
  });

  await t.test('held against the truth afterwards', async (t) => {
    const { evaluation } = JSON.parse(read(into, 'summary.json')) as Summary;
    const truth = write('verdade.csv', madeUpCsv(3, count).replace(/^id;.*$/m, 'id;1;2;3;4;5;6;7;8;person'));
    const { output } = await link('evaluate', truth, '--of', into, '--json');
    t.strictSame(JSON.parse(output), evaluation);
    const told = await link('evaluate', truth, '--of', into);
    t.ok(told.output.startsWith(`Verdade: ${written} registros`), told.output);
    for (const line of told.output.split('\n')) t.ok(line.length <= 80, line);
  });
}
