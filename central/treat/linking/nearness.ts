import { bothEnds, given, motherGiven } from '../link/block/parts.ts';
import type { Columns } from '../link/registers/columns.ts';

/**
 * Where a register is compared: those whose names are alike beside each other, and of these those whose mothers' are. Most
 * whom a register meets are alike in that, so a step meets them among its own. As a UUID, the end of which is the
 * register's own.
 */
export function nearness(columns: Columns): (at: number, natalId: string) => string {
  const [ends, first, mother] = [bothEnds.bind(columns), given.bind(columns), motherGiven.bind(columns)];
  return (at, natalId) => {
    const [name, mothers] = [hexOf(ends(at) || first(at)), hexOf(mother(at))];
    return `${name}-${mothers.slice(0, 4)}-${mothers.slice(4)}${natalId.slice(18)}`;
  };
}

function hexOf(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0');
}
