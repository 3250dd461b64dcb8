import { madeUpRegisters } from '../../../scripts/linkage/registers.ts';
import type { MadeRegister } from '../deciding/registers.ts';
import { registerOf } from '../parts/made-up.ts';

const states = ['AL', 'RO', 'MS', 'PE'] as const;

/** Made-up registers of four states, and whose each is. */
export function many(count: number): readonly (MadeRegister & { readonly owner: number })[] {
  return Array.from(madeUpRegisters(7, count), (row) => {
    const { name, mother, birth, cpf, sex, rg, rgUf, birthplace } = registerOf(row);
    return {
      ...{ source: states[Number(row.id) % states.length] as string, id: row.id, owner: row.person },
      ...{ name: name ?? null, mother: mother ?? null, birth: birth ?? null, cpf: cpf ?? null },
      ...{ sex: sex ?? null, rg: rg ?? null, rgUf: rgUf ?? null, birthplace: birthplace ?? null },
    };
  });
}
