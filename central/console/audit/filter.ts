import Type, { type Static } from 'typebox';
import { boundsOf, readDay } from '../../../shared/day.ts';
import type { AuditFilter } from '../../base/access-layer/audit-search.ts';

const text = Type.Optional(Type.String({ maxLength: 200 }));

/** Of whom, where, what: as the address of a list has it, which names nobody. */
export const listQuery = Type.Object({
  dia: text,
  orgao: text,
  pessoa: text,
  evento: text,
  finalidade: text,
  registro: text,
  /** Only those before this number: the page that follows. */
  antes: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,15}$' })),
});
export type ListQuery = Static<typeof listQuery>;

/** As the form sends it: a person by CPF, a body by its short name. */
export const searchForm = Type.Object({
  dia: text,
  orgao: text,
  cpf: text,
  evento: text,
  finalidade: text,
  registro: text,
});
export type SearchForm = Static<typeof searchForm>;

export function filterOf({ dia, orgao, pessoa, evento, finalidade, registro }: ListQuery): AuditFilter {
  const day = dia === undefined ? null : readDay(dia);
  return {
    ...(day !== null && boundsOf(day)),
    ...(isSaid(orgao) && { body: orgao }),
    ...(isSaid(pessoa) && { person: pessoa }),
    ...(isSaid(evento) && { event: evento }),
    ...(isSaid(finalidade) && { purpose: finalidade }),
    ...(isSaid(registro) && { record: registro }),
  };
}

/** The address of a list. */
export function listPath(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const said = Object.entries(query).filter((entry): entry is [string, string] => isSaid(entry[1]));
  return said.length === 0 ? path : `${path}?${new URLSearchParams(said).toString()}`;
}

export function isSaid(value: string | undefined): value is string {
  return value !== undefined && value.trim() !== '';
}
