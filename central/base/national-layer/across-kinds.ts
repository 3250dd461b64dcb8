/**
 * Who may be one and is never merged: the other register (`other`) of each pair across kinds and each decision that has a
 * register. It is for whoever looks to say which of them count. A query, to be joined by LATERAL.
 *
 * @param natal the `natal_id` of the register, as SQL
 */
export function acrossKinds(natal: string): string {
  return `(SELECT b AS other FROM nacional.par WHERE a = ${natal} AND entre
    UNION ALL SELECT a FROM nacional.par WHERE b = ${natal} AND entre
    UNION ALL SELECT b FROM decidido.vinculo WHERE a = ${natal}
    UNION ALL SELECT a FROM decidido.vinculo WHERE b = ${natal})`;
}

/**
 * The registers `o` that may be the person `person` under another kind, for a FROM.
 * @param person a column that holds the id of a person, as SQL
 */
export function joinedAcross(person: string): string {
  return `JOIN nacional.registro q ON q.pessoa_id = ${person}
     JOIN LATERAL ${acrossKinds('q.natal_id')} l ON true JOIN nacional.registro o ON o.natal_id = l.other`;
}
