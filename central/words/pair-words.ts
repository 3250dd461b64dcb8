import type { Veto } from '../treat/link/model/veto.ts';

/** Levels of linkage's comparisons, as people read them. */
const levelNames: Readonly<Record<string, string>> = {
  same: 'igual',
  'the same': 'igual',
  different: 'diferente',
  'sounds alike': 'mesmo som',
  'a letter apart': 'uma letra',
  'nickname or other name': 'apelido ou outro nome',
  initial: 'só a inicial',
  'in another place of the name': 'em outro lugar do nome',
  'a little alike': 'pouco parecido',
  'the same, several': 'iguais, vários',
  'the same, one': 'igual, um só',
  alike: 'parecido',
  'several the same, more on one side': 'vários iguais, e um lado tem mais',
  'one the same, more on one side': 'um igual, e um lado tem mais',
  'alike, more on one side': 'parecido, e um lado tem mais',
  'the same, more on one side': 'igual, e um lado tem mais',
  'some the same': 'alguns iguais',
  'some alike': 'alguns parecidos',
  'one of them has none': 'só um deles tem',
  'same given name, some surnames': 'mesmo prenome, sobrenome comum',
  'same given name': 'mesmo prenome',
  'given name in another place': 'prenome em outro lugar',
  'some surnames': 'sobrenome comum',
  'same, inferred': 'igual, presumido',
  'day and month swapped': 'dia e mês trocados',
  'one digit': 'um algarismo',
  'a day or a year apart': 'um dia ou um ano de diferença',
  'same year, inferred': 'mesmo ano, presumido',
  'same year': 'mesmo ano',
  'different, one of them invalid': 'diferente, um inválido',
  'same number and state': 'mesmo número e UF',
  'same number': 'mesmo número',
  'one digit, same state': 'um algarismo, mesma UF',
  'different, of two states': 'diferente, de duas UF',
  'one in common': 'um em comum',
  'none in common': 'nenhum em comum',
};

export function levelName(name: string): string {
  return levelNames[name] ?? name;
}

export const vetoNames: Readonly<Record<Veto, string>> = {
  'given name': 'os prenomes são claramente outros',
  CPF: 'os CPFs são válidos e diferentes',
};

export const saidNames = {
  same: 'são a mesma pessoa',
  distinct: 'são pessoas distintas',
  unsure: 'não dá para saber',
} as const;

const decimal = new Intl.NumberFormat('pt-BR', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** Bits with their sign: `+6,1`, `−22,0`. */
export function bitsText(bits: number): string {
  const text = decimal.format(Math.abs(bits));
  return `${bits < 0 && text !== '0,0' ? '−' : '+'}${text}`;
}

/** A bar a bit, as long as there is room: what speaks for it is full, what speaks against it is not. */
export function bar(bits: number): string {
  return (bits < 0 ? '░' : '█').repeat(Math.min(Math.round(Math.abs(bits)), 24));
}
