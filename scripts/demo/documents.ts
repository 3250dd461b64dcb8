import type { Uf } from './people.ts';

export function padded(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

/** Documents are numbered by place and register, so that no two people have one by chance. */
const places: Readonly<Record<Uf | 'national', number>> = { national: 0, AL: 1, RO: 2, MS: 3 };
const blocks = { custodiado: 0, visitante: 1, advogado: 2 } as const;
export type Role = keyof typeof blocks;

/** Nine digits for the one who has this number in a register. */
function stem(place: Uf | 'national', role: Role, id: number): number {
  // A prime, so that numbers that follow each other lie apart and none comes back.
  return 100_000_000 + places[place] * 200_000_000 + blocks[role] * 60_000_000 + ((id * 7919) % 60_000_000);
}

/** Eleven digits; reckoned here, since asking a library for each possible end takes most of a row's time. */
export function cpf(place: Uf | 'national', role: Role, id: number): string {
  let number = padded(stem(place, role, id), 9);
  for (let length = 9; length < 11; length++) {
    let sum = 0;
    for (let at = 0; at < length; at++) sum += (number.charCodeAt(at) - 48) * (length + 1 - at);
    number += ((sum * 10) % 11) % 10;
  }
  return number;
}

/** The same with a wrong last digit. */
export function wrongCpf(valid: string): string {
  return valid.slice(0, 10) + ((Number(valid[10]) + 1) % 10);
}

export function rji(place: Uf | 'national', id: number): string {
  return `${15 + (id % 11)}${padded(places[place] * 2_000_000 + id, 7)}-${padded((id * 37) % 97, 2)}`;
}

const courts: Readonly<Record<Uf, string>> = { AL: '02', RO: '22', MS: '12' };
const otherCourts: Readonly<Record<Uf, string>> = { AL: '17', RO: '11', MS: '26' };

/** The number of a process in a state's court, or in a neighbour's. */
export function cnjNumber(uf: Uf, id: number, year: number, isElsewhere: boolean): string {
  const sequence = padded(id, 7);
  const court = `8${(isElsewhere ? otherCourts : courts)[uf]}`;
  const origin = padded(1 + (id % 60), 4);
  // Mod 97 of a number of twenty digits, in parts that a double holds exactly.
  const high = Number(sequence) % 97;
  const rest = (Number(`${high}${year}${court}`) % 97).toString();
  const check = padded(98 - (Number(`${rest}${origin}00`) % 97), 2);
  return `${sequence}-${check}.${year}.${court[0]}.${court.slice(1)}.${origin}`;
}
