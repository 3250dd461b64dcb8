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

/**
 * The same, but that some columns may be blanked, all of them at once: what was said of somebody who is forgotten. Whether
 * it was by order is told of orders (`goneByOrders`).
 * @param table `acesso.auditoria`; @param columns those that go
 */
export function blankedOnly(table: string, columns: readonly string[]): string {
  const [schema = ''] = table.split('.');
  const blanked = columns.map((column) => `OLD.${column} := NULL;`).join(' ');
  return `CREATE FUNCTION ${schema}.so_apaga_o_dito() RETURNS trigger LANGUAGE plpgsql AS $$
 BEGIN
   ${blanked}
   IF NEW IS DISTINCT FROM OLD THEN
     RAISE EXCEPTION '${schema}: append-only' USING ERRCODE = 'insufficient_privilege';
   END IF;
   RETURN NEW;
 END $$;
 CREATE TRIGGER somente_acrescenta BEFORE DELETE OR TRUNCATE ON ${table}
   FOR EACH STATEMENT EXECUTE FUNCTION decidido.somente_acrescenta();
 CREATE TRIGGER so_apaga_o_dito BEFORE UPDATE ON ${table}
   FOR EACH ROW EXECUTE FUNCTION ${schema}.so_apaga_o_dito();
 ALTER TABLE ${table} ENABLE ALWAYS TRIGGER somente_acrescenta, ENABLE ALWAYS TRIGGER so_apaga_o_dito;`;
}
