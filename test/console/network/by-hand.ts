import type { LinkKind } from '../../../central/console/network/kinds.ts';
import type { Role } from '../../../shared/dictionary/roles.ts';
import type { World } from './world.ts';

/** Who is linked with whom, found by going through all rows: by person, the kind, and the others. */
export type Graph = ReadonlyMap<string, ReadonlyMap<LinkKind, ReadonlySet<string>>>;

export function graphOf(world: World, today: string): Graph {
  const graph = new Map<string, Map<LinkKind, Set<string>>>();
  const personOf = new Map(
    world.registro.map((row) => [`${row.fonte} ${row.papel} ${row.id}`, row.pessoa_id]),
  );
  const at = (source: string, role: Role, id: string) => personOf.get(`${source} ${role} ${id}`);
  const join = (kind: LinkKind, a: string | undefined, b: string | undefined) => {
    if (a === undefined || b === undefined || a === b) return;
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const kinds = graph.get(one) ?? new Map<LinkKind, Set<string>>();
      kinds.set(kind, (kinds.get(kind) ?? new Set()).add(other));
      graph.set(one, kinds);
    }
  };
  const there = <T extends { readonly removido?: string | null }>(rows: readonly T[]) =>
    rows.filter(({ removido = null }) => removido === null);
  for (const row of there(world.visita)) {
    join(
      'visitante',
      at(row.fonte, 'custodiado', row.custodiado_id),
      at(row.fonte, 'visitante', row.visitante_id),
    );
  }
  for (const row of there(world.vinculo)) {
    const { pessoa_tipo: kind } = row;
    if (kind !== null)
      join(kind, at(row.fonte, 'custodiado', row.custodiado_id), at(row.fonte, kind, row.pessoa_id));
  }
  const processes = there(world.processo).filter(({ numero_cnj }) => numero_cnj !== null);
  for (const one of processes) {
    for (const other of processes) {
      if (one.numero_cnj !== other.numero_cnj) continue;
      join(
        'processo',
        at(one.fonte, 'custodiado', one.custodiado_id),
        at(other.fonte, 'custodiado', other.custodiado_id),
      );
    }
  }
  const stays = there(world.custodia);
  for (const one of stays) {
    for (const other of stays) {
      if (one.fonte !== other.fonte || one.unidade_id === null || one.unidade_id !== other.unidade_id)
        continue;
      if (one.entrada === null || other.entrada === null) continue;
      const start = one.entrada > other.entrada ? one.entrada : other.entrada;
      const [left, right] = [one.saida ?? today, other.saida ?? today];
      if (start > (left < right ? left : right)) continue;
      const people = [one, other].map(({ fonte, custodiado_id }) => at(fonte, 'custodiado', custodiado_id));
      join('unidade', people[0], people[1]);
      if (one.cela !== null && one.cela === other.cela && one.ala === other.ala)
        join('cela', people[0], people[1]);
    }
  }
  const inCustody = new Set(
    world.registro.filter(({ papel }) => papel === 'custodiado').map((row) => row.pessoa_id),
  );
  for (const person of inCustody) {
    for (const visitor of graph.get(person)?.get('visitante') ?? []) {
      for (const other of graph.get(visitor)?.get('visitante') ?? []) join('comum', person, other);
    }
  }
  return graph;
}

/** How many steps two are from each other by these kinds; null where there is no way. */
export function distance(
  graph: Graph,
  [one, other]: readonly [string, string],
  kinds: readonly LinkKind[],
): number | null {
  const seen = new Set([one]);
  let border = [one];
  for (let steps = 0; border.length > 0; steps++) {
    if (seen.has(other)) return steps;
    border = border
      .flatMap((id) => kinds.flatMap((kind) => [...(graph.get(id)?.get(kind) ?? [])]))
      .filter((id) => !seen.has(id));
    for (const id of border) seen.add(id);
  }
  return null;
}

export function areLinked(graph: Graph, one: string, other: string, kinds: readonly LinkKind[]): boolean {
  return kinds.some((kind) => graph.get(one)?.get(kind)?.has(other) === true);
}
