/**
 * SQL of a migration: the database refuses to change or delete rows of a table, whoever asks, before its rule is taken
 * away. Once `decidido.somente_acrescenta` is there.
 * @param table `decidido.resposta`
 */
export function appendOnly(table: string): string {
  return `CREATE TRIGGER somente_acrescenta BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
   FOR EACH STATEMENT EXECUTE FUNCTION decidido.somente_acrescenta();
 ALTER TABLE ${table} ENABLE ALWAYS TRIGGER somente_acrescenta;`;
}
