import { withoutMarks } from '../demo/people.ts';
import type { Rng } from '../demo/rng.ts';
import type { Draft, NameWords } from './register.ts';

/** A row of the standard view, as a state writes it. */
export interface WrittenRow {
  readonly nome: string;
  readonly nome_mae: string | null;
  readonly data_nascimento: string | null;
  readonly sexo: string;
  readonly cpf: string | null;
  readonly rg: string | null;
  readonly rg_uf: string | null;
  readonly naturalidade_ibge: string | null;
  readonly uf: string;
}

/** A third with accents, of which some in a broken encoding; a fifth in title case; a third of the CPFs with a mask. */
export function written(draft: Draft, rng: Rng): WrittenRow {
  const hasAccents = rng.chance(0.35);
  const isBroken = hasAccents && rng.chance(0.01);
  const isTitle = rng.chance(0.2);
  const write = (name: NameWords | string | null): string | null => {
    if (name === null) return null;
    const text = typeof name === 'string' ? name : words(name).join(' ');
    const cased = isTitle ? titled(text) : text;
    if (!hasAccents) return withoutMarks(cased);
    return isBroken ? Buffer.from(cased, 'utf8').toString('latin1') : cased;
  };
  const { birth, sex, cpf, rg, rgUf, birthplace, uf } = draft;
  return {
    nome: write(draft.name) ?? '',
    nome_mae: write(draft.mother),
    ...{ data_nascimento: birth, sexo: sex, rg, rg_uf: rgUf, naturalidade_ibge: birthplace, uf },
    cpf: cpf !== null && rng.chance(0.3) ? masked(cpf) : cpf,
  };
}

function words({ given, surnames, suffix }: NameWords): string[] {
  const all = [...given];
  for (const { name, particle } of surnames) {
    if (particle !== null) all.push(particle);
    all.push(name);
  }
  if (suffix !== null) all.push(suffix);
  return all;
}

const particles = new Set(['DA', 'DE', 'DO', 'DAS', 'DOS', 'E']);

function titled(text: string): string {
  return text
    .split(' ')
    .map((word) =>
      particles.has(word) ? word.toLowerCase() : word.slice(0, 1) + word.slice(1).toLowerCase(),
    )
    .join(' ');
}

function masked(cpf: string): string {
  return `${cpf.slice(0, 3)}.${cpf.slice(3, 6)}.${cpf.slice(6, 9)}-${cpf.slice(9)}`;
}
