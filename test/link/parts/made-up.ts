import type { Test } from 'tap';
import { ptBr } from '../../../central/treat/link/locale/pt-br.ts';
import { type Registers, RegistersBuilder } from '../../../central/treat/link/registers/builder.ts';
import type { Register } from '../../../central/treat/link/registers/register.ts';
import { type MadeUpRegister, madeUpRegisters } from '../../../scripts/linkage/registers.ts';
import { matchForm } from '../../../shared/cleaning/match-form.ts';
import { cleanName } from '../../../shared/cleaning/text/name.ts';
import { isPlaceholder } from '../../../shared/cleaning/text/placeholders.ts';

const noNote = (): void => {};

export function registerOf(row: MadeUpRegister): Register {
  const { id, nome, nome_mae: mae, data_nascimento: birth, sexo: sex, cpf, rg, rg_uf: rgUf } = row;
  const mother = mae === null ? null : cleanName(mae, noNote);
  return {
    ...{ id, kind: 'custodiado', name: cleanName(nome, noNote), mother, birth, sex, cpf, rg, rgUf },
    birthplace: row.naturalidade_ibge,
  };
}

/** Made-up registers, cleaned as they are, and whose each is. */
export function madeUp(
  seed: number,
  count: number,
): { readonly registers: Registers; readonly truth: readonly number[]; readonly given: readonly Register[] } {
  const builder = new RegistersBuilder({ locale: ptBr, expected: count });
  const truth: number[] = [];
  const given: Register[] = [];
  for (const row of madeUpRegisters(seed, count)) {
    const register = registerOf(row);
    builder.add(register);
    given.push(register);
    truth.push(row.person);
  }
  return { registers: builder.done(), truth, given };
}

/** Rates of the errors, counted: what the figures of linkage stand on. */
export async function madeUpRates(t: Test): Promise<void> {
  const count = 30_000;
  const rows = [...madeUpRegisters(1, count)];
  const first = new Map(rows.slice(0, count * 0.8).map((row) => [row.person, row]));
  const further = rows.slice(count * 0.8).map((row) => ({ row, own: first.get(row.person) ?? row }));
  const share = <T>(of: readonly T[], is: (each: T) => boolean): number => of.filter(is).length / of.length;
  const near = (what: string, found: number, expected: number, within = 0.015): void =>
    void t.ok(Math.abs(found - expected) < within, `${what}: ${found.toFixed(4)}, ${expected} of the rates`);

  await t.test('people', (t) => {
    const all = [...first.values()];
    t.equal(all.length, count * 0.8, 'four of five registers are somebody’s first');
    near(
      'women',
      share(all, ({ sexo }) => sexo === 'F'),
      0.05,
    );
    near(
      'no birth',
      share(all, ({ data_nascimento: birth }) => birth === null),
      0.01,
    );
    near(
      'CPF',
      share(all, ({ cpf }) => cpf !== null),
      0.78,
    );
    near(
      'identity card',
      share(all, ({ rg }) => rg !== null),
      0.7,
    );
    near(
      'no mother',
      share(all, ({ nome_mae: mae }) => mae === null || isPlaceholder(mae, 'name')),
      0.06,
    );
    near(
      'no birthplace',
      share(all, ({ naturalidade_ibge: place }) => place === null),
      0.03,
    );
    near(
      'suffix of men',
      share(all, ({ nome }) => / (JUNIOR|FILHO|NETO|SOBRINHO)$/.test(matchForm(nome))),
      0.0475,
    );
    near(
      'title case',
      share(all, ({ nome }) => nome !== nome.toUpperCase()),
      0.2,
      0.02,
    );
    near(
      'masks',
      share(all, ({ cpf }) => cpf?.includes('.') === true),
      0.78 * 0.3,
    );
    const years = all.flatMap(({ data_nascimento: birth }) =>
      birth === null ? [] : [Number(birth.slice(0, 4))],
    );
    t.ok(Math.min(...years) >= 1946 && Math.max(...years) <= 2006);
    t.equal(
      new Set(all.flatMap(({ cpf }) => cpf?.replaceAll(/\D/g, '') ?? [])).size,
      share(all, ({ cpf }) => cpf !== null) * all.length,
    );
    t.end();
  });

  await t.test('further registers', (t) => {
    const have = further.filter(({ own }) => own.data_nascimento !== null);
    near(
      'birth lost',
      share(have, ({ row }) => row.data_nascimento === null),
      0.05,
    );
    near(
      'birth the same',
      share(have, ({ row, own }) => row.data_nascimento === own.data_nascimento),
      0.84,
      0.03,
    );
    const digits = (cpf: string | null): string => cpf?.replaceAll(/\D/g, '') ?? '';
    const withCpf = further.filter(({ own }) => own.cpf !== null);
    near(
      'CPF lost',
      share(withCpf, ({ row }) => row.cpf === null),
      0.45,
      0.02,
    );
    near(
      'CPF wrong',
      share(withCpf, ({ row, own }) => row.cpf !== null && digits(row.cpf) !== digits(own.cpf)),
      0.03,
    );
    const withRg = further.filter(({ own }) => own.rg !== null);
    near(
      'card lost',
      share(withRg, ({ row }) => row.rg === null),
      0.3,
      0.02,
    );
    near(
      'another card',
      share(withRg, ({ row, own }) => row.rg !== null && row.rg !== own.rg),
      0.3,
      0.02,
    );
    near(
      'birthplace lost',
      share(further, ({ row }) => row.naturalidade_ibge === null),
      0.15,
      0.02,
    );
    const sizes = new Map<number, number>();
    for (const { person } of rows) sizes.set(person, (sizes.get(person) ?? 0) + 1);
    const pairs = [...sizes.values()].reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
    near('true pairs, of a million registers', pairs / count, 0.26121, 0.005);
    t.end();
  });

  await t.test('the same for a seed, another for another', (t) => {
    t.strictSame([...madeUpRegisters(1, 200)], [...madeUpRegisters(1, 200)]);
    t.notSame([...madeUpRegisters(1, 200)], [...madeUpRegisters(2, 200)]);
    t.end();
  });
}
