import type { Test } from 'tap';
import { query } from '../../support/bases.ts';
import type { TestPostgres } from '../../support/postgres.ts';
import { addRegisters, idOf } from '../deciding/registers.ts';
import { few } from './few.ts';
import { linkAll, linkScene, personsNow } from './scene.ts';

const named = {
  first: ['AL', 'custodiado', '1'],
  again: ['RO', 'custodiado', '77'],
  twin: ['AL', 'custodiado', '2'],
  namesake: ['ms', 'Custodiado', '900'],
  visitor: ['AL', 'visitante', '1'],
} as const;

const because = ['--reason', 'mesmas digitais'] as const;

/** What an operator decides, what follows of it, why it is so. */
export async function decides(t: Test, server: TestPostgres): Promise<void> {
  const s = await linkScene(t, server, 'decides');
  await addRegisters(s.base, Object.values(few));
  await linkAll(s.base);
  const areOne = async (a: keyof typeof few, b: keyof typeof few) => {
    const persons = await personsNow(s.base);
    return persons.get(idOf(few[a])) === persons.get(idOf(few[b]));
  };
  const fits = (output: string) =>
    t.ok(
      output.split('\n').every((line) => line.length <= 80),
      output,
    );

  await t.test('explain: what holds a person together, and who was left out', async (t) => {
    const { output, code } = await s.command('explain', ...named.again);
    t.equal(code, 0);
    fits(output);
    t.match(
      output,
      new RegExp(`^Pessoa ${idOf(few.first)} \\(modelo "inicial"\\)$`, 'm'),
      'after its first register',
    );
    t.match(
      output,
      /O que une 1 e 2: \+\d+,\d bits\n {2}de partida +−22,0 ░+\n {2}nome +\+\d,\d █+ +igual$/m,
    );
    t.match(output, /AL custodiado …, com \d: .* os prenomes são claramente outros/);
    t.match(output, /MS custodiado 9…, com 1: .*; pesa menos que 9/);
    t.match(output, /AL visitante …, com 1: .* de visões diferentes/s);
    t.match(output, /Mudanças, .*\n.*registro 2, modelo "inicial"/);
    t.notMatch(output, /JOSE|1980|52998|RO custodiado 77/, 'nobody is named');
    t.match(
      (await s.command('explain', ...named.first, '--reveal')).output,
      /JOSE LIMA DA SILVA │ JOSE LIMA SILVA/,
    );
    const byId = await s.command('explain', idOf(few.again).toUpperCase());
    t.equal(byId.output, output, 'by any id that was published once');
    t.match(await s.json('explain', ...named.first), { person: idOf(few.first), holding: [{ veto: null }] });
  });

  await t.test('explain of two', async (t) => {
    const { output } = await s.command('explain', ...named.first, ...named.twin);
    fits(output);
    t.match(output, /^– Duas pessoas: os prenomes são claramente outros\.$/m);
    t.match(await s.json('explain', ...named.first, ...named.again), { same: true, because: null });
    t.match(await s.json('explain', ...named.first, ...named.visitor), { same: false, because: 'kind' });
    t.notMatch(JSON.stringify(await s.json('explain', ...named.first, ...named.again)), /JOSE|1980|52998/);
  });

  await t.test('merge, and what contradicts it', async (t) => {
    const { code, output } = await s.command('merge', ...named.first, ...named.namesake, ...because);
    t.equal(code, 0);
    fits(output.replace(/Elo: \S+/, ''));
    t.match(
      output,
      /^✓ Decisão 1: são a mesma pessoa\.\nO próximo tratamento junta.*2 registros e 1 registro/,
    );
    t.notOk(await areOne('first', 'namesake'), 'the next treatment follows it');
    await linkAll(s.base, false);
    t.ok(await areOne('again', 'namesake'));
    t.match(
      (await s.command('explain', ...named.namesake)).output,
      /1: \d e \d são a mesma pessoa \(ana, .*\n +"mesmas digitais"/,
    );
    t.match(await s.command('merge', ...named.namesake, ...named.first, ...because), {
      code: 0,
      output: /Já estava decidido \(decisão 1\)/,
    });
    const against = await s.command('split', ...named.first, ...named.namesake, ...because);
    t.match(against, { code: 1, errors: /Decisão 1\.[^]*\[decision-contradicts\]/ });
  });

  await t.test('split, and undo', async (t) => {
    const { output } = await s.command('split', ...named.first, ...named.again, ...because);
    t.match(output, /^✓ Decisão 2: são pessoas distintas\.\nO próximo tratamento os separa/);
    await linkAll(s.base, false);
    t.notOk(await areOne('first', 'again'));
    t.ok(await areOne('first', 'namesake'));
    t.match(await s.json('explain', ...named.first, ...named.again), { because: { decision: 2 } });
    t.match(await s.command('undo', '2', ...because), {
      code: 0,
      output: /^✓ Decisão 2 .* desfeita pela decisão 3\./,
    });
    await linkAll(s.base, false);
    t.ok(await areOne('first', 'again'), 'as the model has it');
    t.match(await s.command('undo', '2', ...because), { code: 1, errors: /\[decision-unknown\]/ });
  });

  await t.test('across kinds nothing is merged', async (t) => {
    const { output } = await s.command('merge', ...named.first, ...named.visitor, ...because);
    t.match(output, /De visões diferentes|São de visões diferentes/);
    await linkAll(s.base, false);
    t.notOk(await areOne('first', 'visitor'));
  });

  await t.test('verify', async (t) => {
    const { code, output } = await s.command('verify');
    t.equal(code, 0);
    const [, known = ''] = /^Elo: (\S+)$/m.exec(output) ?? [];
    t.match(await s.command('verify', '--known', known), { code: 0, output: /✓ 4 decisões/ });
    const [number] = known.split(':');
    const other = await s.command('verify', '--known', `${number}:${'0'.repeat(64)}`);
    t.match(other, { code: 1, output: /✗ decisão 4: foi alterada/ });
    t.match(await s.json('verify'), { rows: 4, faults: [], blanked: { rows: 0, byOrder: 0 } });
    await query(
      s.base,
      'UPDATE decidido.vinculo SET a = NULL, b = NULL, diz = NULL, motivo = NULL, sal = NULL WHERE numero = 4',
    );
    const blanked = await s.command('verify');
    t.match(blanked, { code: 1, output: /✗ apagadas sem ordem: 1\n✗ 4 decisões; não conferem/ });
    fits(blanked.output.replace(/Elo: \S+/, ''));
  });

  await t.test('what is no pair of registers, or no reason', async (t) => {
    for (const words of [
      named.first,
      [...named.first, 'x'],
      [...named.first, ...named.first],
      [...named.first, ...named.twin, ...named.again],
    ]) {
      t.match(await s.command('merge', ...words, ...because), { code: 2, errors: /\[option-invalid\]/ });
    }
    t.match(await s.command('merge', ...named.first, ...named.twin, '--reason', ' '), { code: 2 });
    const unknown = await s.command('merge', ...named.first, 'AL', 'custodiado', '99', ...because);
    t.match(unknown, { code: 1, errors: /esquecido por ordem[^]*\[register-unknown\]/ });
    t.match(await s.command('explain', 'AL', 'custodiado', '99'), { code: 1 });
    t.match(await s.command('undo', 'x', ...because), { code: 2 });
  });
}
