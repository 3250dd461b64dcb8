import type { Test } from 'tap';
import { adoptModel, changeModelsAlone, recordModel } from '../../../central/base/decided-layer/models.ts';
import { comparisonsOf } from '../../../central/treat/link/compare/comparisons.ts';
import { firstModel } from '../../../central/treat/link/model/first-model.ts';
import { readModel } from '../../../central/treat/link/model/read-model.ts';
import { daysAgo } from '../../../shared/day.ts';
import { query } from '../../support/bases.ts';
import type { TestPostgres } from '../../support/postgres.ts';
import { addRegisters } from '../deciding/registers.ts';
import { few } from './few.ts';
import { many } from './many.ts';
import { linkAll, linkScene, personsNow } from './scene.ts';

/** A model is trained, looked at, adopted; what it changes is what was told before. */
export async function models(t: Test, server: TestPostgres): Promise<void> {
  const s = await linkScene(t, server, 'models');
  await addRegisters(s.base, Object.values(few));
  t.match(await s.command('train'), { code: 1, output: /^Registros de menos: há 6,/ });
  await addRegisters(s.base, many(1200));
  // One person, in six registers.
  await addRegisters(
    s.base,
    Array.from({ length: 6 }, (_, at) => ({
      ...few.alone,
      id: `again ${at}`,
      name: 'QUITERIANA ALVES',
      cpf: '11144477735',
    })),
  );
  await linkAll(s.base);
  const version = daysAgo(0);

  const { code, output } = await s.command('train', '--seed', '3');
  t.equal(code, 0);
  t.ok(
    output.split('\n').every((line) => line.length <= 80 || line.startsWith('→')),
    output,
  );
  t.match(output, /^nome\n {2}igual +\+\d,\d {2}0,\d +\d+$/m, 'bits, how sure, in how many pairs');
  t.match(output, /^ {2}um algarismo +\+\d+,\d +nunca visto/m);
  t.match(output, /^Nunca vistos, com o peso de partida: .*RJI/m);
  const stored = JSON.stringify(await query(s.base, 'SELECT modelo FROM decidido.modelo'));
  t.match(stored, /MARIA/);
  t.notMatch(stored, /TERESA|QUITERIANA/, 'what hardly anybody is called stands in no model');
  t.match(await s.json('models'), [
    { version, inForce: false, who: 'ana' },
    { version: 'inicial', inForce: true },
  ]);

  const compared = (await s.json('compare', version)) as {
    persons: { now: number; would: number };
    changes: { kind: string; before: string[][]; after: string[][] }[];
  };
  t.ok(compared.changes.length > 0);
  const shown = (await s.command('compare', version)).output;
  t.match(
    shown.replace(/\s+/g, ' '),
    /juntam-se: \d+; separam-se: \d+; trocam registros: \d+; pares para revisão/,
  );
  t.match(shown, /\n {3}1\. \S{36} {2}pessoa 1 → 1\n {6}\w\w custodiado ..…/);
  t.notMatch(shown, 'à espera');
  const before = await personsNow(s.base);
  t.match(await s.command('adopt', version, '--reason', 'visto'), {
    code: 0,
    output: /em vigor\. O próximo/,
  });
  t.match(await s.command('adopt', version, '--reason', 'visto'), { code: 0, output: /já está em vigor/ });
  t.match(await s.command('compare', 'inicial'), {
    code: 0,
    output: /juntam-se: 0;\s+separam-se: 0[^]*à espera do tratamento/,
  });
  await linkAll(s.base, false);
  const after = await personsNow(s.base);
  t.equal(new Set(after.values()).size, compared.persons.would, 'as was told');
  const moved = [...after].filter(([id, person]) => before.get(id) !== person).map(([id]) => id);
  const told = new Set(compared.changes.flatMap((change) => change.before.flat()));
  t.ok(moved.length > 0 && moved.every((id) => told.has(id)));

  t.match(await s.command('adopt', 'inicial', '--reason', 'de volta'), { code: 0 });
  await linkAll(s.base, false);
  t.strictSame(await personsNow(s.base), before, 'and back');
  t.match(await s.command('adopt', 'x', '--reason', 'y'), { code: 1, errors: /\[model-unknown\]/ });
  t.match(await s.command('train', '--seed', 'x'), { code: 2 });

  await t.test('one of a newer program is no model here, and is not adopted', async (t) => {
    const model = { ...firstModel('pt-BR'), version: 'novo', comparisons: [] };
    await query(
      s.base,
      `INSERT INTO decidido.modelo (versao, modelo, quem, por_meio, quando) VALUES ('novo', $1, 'bia', 'command', now())`,
      [JSON.stringify(model)],
    );
    t.match(await s.command('adopt', 'novo', '--reason', 'x'), { code: 1, errors: /\[model-unusable\]/ });
    t.match(await s.command('compare', 'novo'), { code: 1, errors: /"novo": compara[^]*\[model-unusable\]/ });
    t.match(await s.command('models'), { code: 0, output: /novo/ });
    // As if the newer program had adopted it.
    await query(
      s.base,
      `INSERT INTO decidido.modelo_adotado (versao, quem, por_meio, motivo, quando) VALUES ('novo', 'bia', 'command', 'x', now())`,
    );
    await t.rejects(
      linkAll(s.base),
      { code: 'model-unusable' },
      'nobody is linked by something else meanwhile',
    );
    t.match(await s.command('adopt', 'inicial', '--reason', 'x'), { code: 0 }, 'which can be put right');
  });
}

/** Two who adopt the first model at once, which is not recorded yet: one does, the other finds it done. */
export async function adoptedTwice(t: Test, server: TestPostgres): Promise<void> {
  const s = await linkScene(t, server, 'adopted_twice');
  const author = { who: 'bia', through: 'command', reason: 'x' } as const;
  await s.base.transaction(async (tx) => {
    await recordModel(tx, { ...firstModel('pt-BR'), version: 'outro' }, author);
    await adoptModel(tx, 'outro', author);
  });
  let both: Promise<{ code: number; output: string; errors: string }[]> = Promise.resolve([]);
  await s.base.transaction(async (tx) => {
    await changeModelsAlone(tx);
    both = Promise.all([1, 2].map((at) => s.command('adopt', 'inicial', '--reason', `vez ${at}`)));
    for (;;) {
      const [row] = await query<{ waiting: number }>(
        s.base,
        'SELECT count(*)::int AS waiting FROM pg_locks WHERE NOT granted',
      );
      if (row?.waiting === 2) break;
    }
  });
  const ended = await both;
  t.strictSame(
    ended.map(({ code, errors }) => [code, errors]),
    [
      [0, ''],
      [0, ''],
    ],
  );
  t.equal(ended.filter(({ output }) => output.includes('já está em vigor')).length, 1, 'one finds it done');
}

/** What is read back is held against what this program knows. */
export function reading(t: Test): void {
  const comparisons = comparisonsOf();
  const model = JSON.parse(JSON.stringify(firstModel('pt-BR'))) as ReturnType<typeof firstModel>;
  t.strictSame(readModel(model, comparisons), model);
  const [first, ...others] = model.comparisons;
  for (const [what, wrong] of [
    ['nothing', null],
    ['no model', { version: '1' }],
    ['a weight that is no number', { ...model, prior: 'x' }],
    ['no cap', { ...model, blockCap: 0 }],
    ['a language that nobody knows', { ...model, locale: 'xx' }],
    ['others are compared', { ...model, comparisons: others }],
    ['in another order', { ...model, comparisons: [...others, first] }],
    [
      'a level more',
      {
        ...model,
        comparisons: [{ ...first, levels: [...(first?.levels ?? []), first?.levels[0]] }, ...others],
      },
    ],
  ] as const) {
    t.throws(() => readModel(wrong, comparisons), { code: 'model-unusable' }, what);
  }
  t.end();
}
