import { getMunicipalities } from '@brazilian-utils/brazilian-utils/get-municipalities';
import { codeForm } from '../../dictionary/codes/code-form.ts';

interface Table {
  /** Seven digits by themselves, and by the six without the check digit. */
  readonly byCode: ReadonlyMap<string, string>;
  /** As people read it, by its seven digits: `Maceió (AL)`. */
  readonly nameOf: ReadonlyMap<string, string>;
  /** By UF and name, as letters alone. */
  readonly byName: ReadonlyMap<string, string>;
}

let table: Table | null = null;

/** Made when the first municipality is looked up: five thousand names. */
function known(): Table {
  table ??= make();
  return table;
}

function make(): Table {
  const all = getMunicipalities();
  return {
    byCode: new Map(all.flatMap(({ code }) => [[code, code] as const, [code.slice(0, 6), code] as const])),
    nameOf: new Map(all.map(({ code, name, stateCode }) => [code, `${name} (${stateCode})`])),
    byName: new Map(all.map(({ code, name, stateCode }) => [stateCode + codeForm(name), code])),
  };
}

/** The seven digits of a municipality, by these or by the first six; the IBGE's own list says, not the check digit. */
export function municipalityByCode(digits: string): string | null {
  return known().byCode.get(digits) ?? null;
}

/** A municipality by its seven digits, as people read it: `Maceió (AL)`; null for none. */
export function municipalityName(code: string): string | null {
  return known().nameOf.get(code) ?? null;
}

/** The seven digits of a municipality of a state, by its name in any spelling; null for none. @param uf `AL` */
export function municipalityByName(name: string, uf: string): string | null {
  return known().byName.get(uf + codeForm(name)) ?? null;
}
