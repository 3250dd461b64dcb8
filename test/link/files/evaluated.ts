import { join } from 'node:path';
import type { Test } from 'tap';
import { madeBy, writeRunFolder } from '../../../central/link-files/run-folder.ts';
import { type Evaluation, evaluate } from '../../../central/treat/link/evaluate/evaluate.ts';
import { meanOf } from '../../../central/treat/link/evaluate/interval.ts';
import { sceneOf } from './scene.ts';

/** Found: AB, CD, and E, F, G each alone, with E and F to review. */
const persons = "id;person\r\nA;A\r\nB;A\r\nC;C\r\nD;C\r\nE;E\r\nF;F\r\nG;G\r\n'-H;'-H\r\n";

export async function evaluated(t: Test): Promise<void> {
  const { folder, write, link } = sceneOf(t);
  const of = join(folder, 'vinculo');
  const summary = [JSON.stringify({ madeBy })];
  await writeRunFolder(of, { persons: [persons], review: ['a;b\r\nE;F\r\n'], model: [''], summary });

  const told = async (content: string, ...more: string[]): Promise<Evaluation> => {
    const { output, errors } = await link('evaluate', write('v.csv', content), '--json', ...more);
    t.equal(errors, '');
    return JSON.parse(output) as Evaluation;
  };
  const shares = ({ precision, recall }: Evaluation['automatic']['pairs']) => [
    ...[precision.share, precision.of, recall.share, recall.of],
  ];

  await t.test('whose registers are', async (t) => {
    const { known, automatic, withReview } = await told(
      'id,person\nA,1\nB,1\nC,2\nD,3\nE,4\nF,4\n',
      '--of',
      of,
    );
    t.equal(known, 6, 'of those that are not told nothing is known');
    t.strictSame(shares(automatic.pairs), [0.5, 2, 0.5, 2]);
    t.strictSame(shares(withReview.pairs), [2 / 3, 3, 1, 2]);
    t.equal(automatic.pairs.f1.share, 0.5);
    t.ok(Math.abs((automatic.registers?.precision.share ?? 0) - 5 / 6) < 1e-9);
    t.ok(Math.abs((automatic.registers?.recall.share ?? 0) - 5 / 6) < 1e-9);
  });

  await t.test('of pairs whether they are one person’s', async (t) => {
    const file = 'a,b,same\nA,B,sim\nD,C,não\nE,F,1\nG,-H,0\n';
    const { known, of: kind, automatic, withReview } = await told(file, '--of', of);
    t.strictSame([kind, known], ['pairs', 4]);
    t.strictSame(shares(automatic.pairs), [0.5, 2, 0.5, 2]);
    t.strictSame(shares(withReview.pairs), [2 / 3, 3, 1, 2]);
    t.equal(automatic.registers, null);
    t.match((await link('evaluate', join(folder, 'v.csv'), '--of', of)).output, /^Verdade: 4 pares\./);
  });

  await t.test('what others found, beside the truth', async (t) => {
    const { automatic, withReview } = await told('id;person;truth\nA;1;x\nB;1;x\nC;1;y\nD;2;y\nE;2;\n');
    t.strictSame(shares(automatic.pairs), [1 / 3, 3, 0.5, 2]);
    t.strictSame(withReview, automatic, 'nobody was asked');
  });

  await t.test('a truth that cannot be', async (t) => {
    const wrong = async (content: string, ...more: string[]): Promise<string> => {
      const { code, errors } = await link('evaluate', write('v.csv', content), '--of', of, ...more);
      t.equal(code, 2);
      return errors;
    };
    t.match(await wrong('a,b,same\nA,B,1\nB,C,1\nA,C,0\n'), /linha 4: diz que são duas pessoas/);
    t.match(await wrong('a,b,same\nA,B,1\nA,Z,1\nY,Z,1\n'), /linha 3: 2 linhas falam de id que não existe/);
    t.match(await wrong('a,b,same\nA,A,1\n'), /linha 2: as duas colunas têm o mesmo id/);
    t.match(await wrong('a,b,same\nA,B,talvez\n'), /linha 2, coluna "same": escreva sim ou não/);
    t.match(await wrong('a,b,same\n'), /só tem o cabeçalho/);
    t.match(await wrong('id,person\nA,1\nB,1\nA,2\n'), /linha 4: o id é o mesmo de uma linha anterior/);
    t.match(await wrong('id,person\nZ,1\n'), /linha 2: uma linha fala de id que não existe/);
    t.match(await wrong('id,person\nA,\n'), /linha 2, coluna "person": está vazia/);
    t.match(await wrong('id,dono\nA,1\n'), /não há coluna "person". Há: id, dono/);
    t.match(await wrong('x,y\nA,1\n'), /não há coluna "a", "b", "same"/);
    t.match(await wrong('id,person,truth\nA,1,1\n'), /o arquivo já traz o que avaliar/);
    // The option that comes last is the one that is meant.
    t.match(await wrong('id,person\nA,1\n', '--of', folder), /não é uma pasta feita por/);
  });

  await t.test('nothing known, nothing found', async (t) => {
    const { known, automatic } = evaluate(
      { groupOf: [0, 1], asked: [[0, 1]] },
      { of: 'registers', ownerOf: [-1, -1] },
    );
    t.equal(known, 0);
    for (const measures of [automatic.pairs, automatic.registers]) {
      for (const share of Object.values(measures ?? {})) t.strictSame([share.low, share.high], [0, 1]);
    }
  });
}

export async function intervals(t: Test): Promise<void> {
  const mean = (sums: readonly number[], size: number) =>
    meanOf(
      Float64Array.from(sums),
      Int32Array.from(sums, () => size),
    );
  // As many registers, of fewer people: less is known.
  const alone = mean(
    Array.from({ length: 100 }, (_, at) => (at < 80 ? 1 : 0)),
    1,
  );
  const together = mean(
    Array.from({ length: 10 }, (_, at) => (at < 8 ? 10 : 0)),
    10,
  );
  t.equal(alone.share, 0.8);
  t.equal(together.share, 0.8);
  t.ok(together.high - together.low > 2 * (alone.high - alone.low));
  const all = mean([2, 2, 2], 2);
  t.strictSame([all.share, all.high, all.of], [1, 1, 6]);
  t.ok(all.low < 0.6, 'three who are right say little');
  t.strictSame(mean([], 1), { share: 1, low: 0, high: 1, of: 0 });
}
