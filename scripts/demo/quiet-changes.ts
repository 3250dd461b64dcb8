/**
 * What happens to a state's rows without a trace in their watermark, as SQL that every engine understands: rows
 * deleted, rows corrected by hand, and one whose required name was emptied.
 * @param prefix of the tables' names
 */
export function quietChanges(prefix: string, step: number): string[] {
  return [
    `DELETE FROM ${prefix}movimentacao WHERE id % 1000 = ${step % 1000}`,
    `UPDATE ${prefix}visitante SET rg = 'CORRIGIDO ${step}' WHERE id % 500 = ${step % 500}`,
    `UPDATE ${prefix}vinculo SET custodiado_id = NULL
      WHERE id = (SELECT min(id) FROM ${prefix}vinculo WHERE custodiado_id IS NOT NULL)`,
  ];
}
