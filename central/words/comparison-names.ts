import type { ReviewPair } from '../treat/link/cluster/review.ts';

const comparisons: Readonly<Record<string, string>> = {
  'given name': 'nome',
  surnames: 'sobrenomes',
  suffix: 'sufixo',
  mother: 'mãe',
  father: 'pai',
  birth: 'nascimento',
  sex: 'sexo',
  'identity card': 'RG',
  birthplace: 'naturalidade',
  'other names': 'outros nomes',
};

/** What a comparison is called where people read it; columns of a file's own keep their names. */
export function comparisonName(name: string): string {
  return comparisons[name] ?? name;
}

const reasons: Readonly<Record<ReviewPair['because'], string>> = {
  weight: 'em dúvida',
  'given name': 'nomes diferentes',
  CPF: 'CPFs diferentes',
  others: 'outro registro não combina',
  'too-large': 'grupo grande demais',
};

/** Why a person is asked about a pair. */
export function reasonText(because: ReviewPair['because']): string {
  return reasons[because];
}
