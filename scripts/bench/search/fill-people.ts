import type { Base } from '../../../central/base/base.ts';
import { natalId } from '../../../central/base/national-layer/natal-id.ts';
import { sweepAll } from '../../../central/base/national-layer/touched-subjects.ts';
import { encodeField, nullField } from '../../../shared/sources/reading/lines.ts';
import { withoutMarks } from '../../demo/people.ts';
import { madeUpPeople, type Person, type Surname } from '../../linkage/people.ts';

const atOnce = 20_000;
export const source = 'AL';
const units = 40;

/** How people of a search are called, in capitals without marks: those of linkage, whose names have a long tail. */
export function nameOf({ given, surnames, suffix }: Pick<Person, 'given' | 'surnames' | 'suffix'>): string {
  const words = [...given, ...surnames.flatMap(withParticle), ...(suffix === null ? [] : [suffix])];
  return withoutMarks(words.join(' '));
}

const withParticle = ({ particle, name }: Surname) => (particle === null ? [name] : [particle, name]);

/** Key of a person's register, by their number. */
export const keyOf = (number: number): string => String(number + 1).padStart(8, '0');

/** People from 0 on, straight into the national tables, each with a register and a custody that is open. */
export async function fillPeople(base: Base, seed: number, count: number): Promise<void> {
  const personOf = madeUpPeople(seed);
  const inUnits = Array.from(
    { length: units },
    (_, at) => `${source}\tu${at}\tUNIDADE ${at}\t1\t2026-01-01\n`,
  );
  await base.transaction((tx) =>
    tx.copyIn('nacional.unidade (fonte, id, nome, desde_mudanca, desde)', Buffer.from(inUnits.join(''))),
  );
  for (let from = 0; from < count; from += atOnce) {
    const registers: string[] = [];
    const custodies: string[] = [];
    for (let number = from; number < Math.min(count, from + atOnce); number++) {
      const person = personOf(number);
      const id = keyOf(number);
      const natal = natalId(source, 'custodiado', id);
      const mother = nameOf({ given: person.motherGiven, surnames: person.motherSurnames, suffix: null });
      const values = [nameOf(person), mother, person.birth, person.sex, person.cpf, person.rg, person.uf];
      registers.push(
        line([source, 'custodiado', id, ...values, natal, natal, '2026-01-01', '1', '2026-01-01']),
      );
      custodies.push(line([source, id, id, `u${number % units}`, '2024-01-01', '1', '2026-01-01']));
    }
    await base.transaction(async (tx) => {
      await tx.copyIn(
        `nacional.registro (fonte, papel, id, nome, nome_mae, data_nascimento, sexo, cpf, rg, rg_uf, natal_id,
           pessoa_id, primeira_vez, desde_mudanca, desde)`,
        Buffer.from(registers.join('')),
      );
      await tx.copyIn(
        'nacional.custodia (fonte, id, custodiado_id, unidade_id, entrada, desde_mudanca, desde)',
        Buffer.from(custodies.join('')),
      );
    });
  }
  await base.transaction((tx) => sweepAll(tx, source, ['busca']));
}

function line(values: readonly (string | null)[]): string {
  return `${values.map((value) => (value === null ? nullField : encodeField(value))).join('\t')}\n`;
}
