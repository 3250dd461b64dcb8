import type { Test } from 'tap';
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
  });
}
