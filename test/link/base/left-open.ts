import { join } from 'node:path';
import type { Test } from 'tap';
import { treatmentJson, treatmentText } from '../../../central/commands/treatment-words.ts';
import { treat } from '../../../central/treat/treat.ts';
import { query } from '../../support/bases.ts';
import type { TestPostgres } from '../../support/postgres.ts';
import { addRegisters, idOf } from '../deciding/registers.ts';
import { few } from './few.ts';
import { linkAll, linkScene } from './scene.ts';

const two = ['AL', 'custodiado', '1', 'RO', 'custodiado', '77'] as const;
const because = ['--reason', 'x'] as const;

/** Of what is not as it will be, or is put together by nobody, it is said why. */
export async function leftOpen(t: Test, server: TestPostgres): Promise<void> {
  const s = await linkScene(t, server, 'left_open');
  await addRegisters(s.base, Object.values(few));

  await t.test('what waits for treatment', async (t) => {
    await linkAll(s.base);
    t.match(await s.json('explain', ...two), { same: true, waits: false, toPart: null });
    await s.command('split', ...two, ...because);
    const { output } = await s.command('explain', ...two);
    t.match(output, /^– Ainda uma pessoa: decidido que são distintas \(decisão 1\);/m);
    t.match(output, /o próximo\s+tratamento\s+as\s+separa\.$/m);
    t.notMatch(output, /Mesma pessoa/);
    t.match(await s.json('explain', ...two), { same: true, because: null, waits: true, toPart: 1 });
    const whole = await s.command('explain', ...two.slice(0, 3));
    t.match(
      whole.output,
      /^→ Decidido que \d e \d são distintas \(decisão 1\):\s+o próximo tratamento os\s+separa\.$/m,
    );
    t.match(await s.json('explain', ...two.slice(0, 3)), { waits: true, toPart: [{ number: 1 }] });
    await linkAll(s.base, false);
    t.match(await s.json('explain', ...two), { same: false, because: { decision: 1 }, waits: false });

    await s.command('undo', '1', ...because);
    t.match((await s.command('explain', ...two)).output, /^– Duas pessoas: .* o próximo tratamento/m);
    t.match(await s.json('explain', ...two), { same: false, because: 'waiting', waits: true });
    t.match(await s.json('explain', ...two.slice(0, 3)), { beside: [{ because: 'waiting' }] });
    const asked = (await s.json('review')) as { a: string; because: string }[];
    const [a = ''] = [idOf(few.first), idOf(few.again)].sort();
    t.match(
      asked.find((pair) => pair.a === a),
      { because: 'waiting' },
    );
    await linkAll(s.base, false);
    t.match(await s.json('explain', ...two), { same: true, waits: false });
    await query(s.base, `UPDATE nacional.marca SET versao = 'another' WHERE passo = 'ligar'`);
    t.match(await s.json('explain', ...two), { waits: true }, 'for another linker, everybody does');
    await linkAll(s.base);
  });

  await t.test('groups that are too large', async (t) => {
    const person = {
      name: 'RUI ALVES DE LIMA',
      mother: 'EVA ALVES',
      birth: '1971-02-03',
      cpf: '11144477735',
    };
    const group = Array.from({ length: 42 }, (_, at) => ({
      ...person,
      source: at < 40 ? 'PE' : 'MS',
      id: `g${at}`,
    }));
    await addRegisters(s.base, group);
    await linkAll(s.base);
    const asked = (await s.json('review', '--most', '9999')) as { a: string; b: string; because: string }[];
    const ids = new Set(group.map(idOf));
    const open = asked.filter(({ a, b }) => ids.has(a) && ids.has(b));
    t.ok(open.length > 0 && open.every(({ because }) => because === 'too-large'));
    const [{ a, b } = { a: '', b: '' }] = open;
    t.match(await s.json('explain', a, b), { same: false, because: 'too-large', tooLarge: true });
    const { output } = await s.command('explain', a, b);
    t.match(output, /^– Duas pessoas: .* grande demais/m);
    t.notMatch(output, /não combinam/);

    const shown = await s.command('review', '--most', '1');
    t.match(shown.output, /^Grupos grandes demais para juntar sem alguém olhar: 1$/m);
    t.match(shown.output, /^1\. 42 registros, hoje de 42 pessoas:\n {3}\w\w custodiado g…, id \S{36}$/m);
    t.match(shown.output, /link merge[^]*link split/);
    t.ok(
      shown.output.split('\n').every((line) => line.length <= 80),
      shown.output,
    );
    await query(
      s.base,
      `INSERT INTO guarita.view (source, view, key, columns, fingerprint, epoch)
       SELECT uf, 'custodiado', '{id}', '[]', '', '' FROM unnest(ARRAY['AL', 'MS']) uf`,
    );
    t.match((await s.command('review', 'MS')).output, /grandes demais/);
    t.notMatch(
      (await s.command('review', 'AL')).output,
      /grandes demais/,
      'of a state, those with its registers',
    );
    t.match(await s.command('review', '--csv', join(s.folder, 'pairs.csv')), { output: /grandes demais/ });

    await query(s.base, 'INSERT INTO nacional.chave_comum (regra, chave) VALUES (1, 5), (2, 5)');
    const results = await treat(s.base, {
      sources: ['MS', 'PE'],
      rules: [],
      today: '2026-11-29',
      step: 'link',
    });
    const left = { tooLarge: { groups: 1, registers: 42 }, commonKeys: 2 };
    t.match(results, [{ linked: left }, { linked: left }]);
    const told = results.map((treated) => ({
      ...{ source: treated.source, outcome: 'complete' as const, error: null, treated },
    }));
    const text = treatmentText(told);
    t.equal(
      text.match(/grandes demais para juntar sem alguém olhar: 1 \(42 cadastros\)/g)?.length,
      1,
      'once',
    );
    t.match(text, /Chaves que cadastros demais têm.*: 2/);
    t.match(JSON.parse(treatmentJson(told)), [{ linked: left }, { linked: left }]);
  });
}
