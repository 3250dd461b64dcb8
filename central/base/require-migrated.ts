import { GuaritaError } from '../../shared/errors.ts';
import { baseNewer } from './at-version.ts';
import type { Questions } from './base.ts';
import { migrations } from './migrations.ts';

/**
 * That the base is of this program's version, for who may not bring it there. Throws `base-older`, `base-newer`,
 * `console-role-lacking` where not even that may be read.
 */
export async function requireMigrated(questions: Questions): Promise<void> {
  const [table] = await questions.query<{ there: boolean; readable: boolean }>(
    `SELECT count(*) > 0 AS there, coalesce(bool_and(has_schema_privilege(n.oid, 'USAGE')
                                      AND has_table_privilege(c.oid, 'SELECT')), false) AS readable
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = 'guarita' AND c.relname = 'migration'`,
  );
  if (table?.there !== true) throw older(0);
  if (!table.readable) throw new GuaritaError('console-role-lacking', 'falta guarita.migration: SELECT.');
  const [row] = await questions.query<{ version: number | null }>(
    'SELECT max(version) AS version FROM guarita.migration',
  );
  const version = row?.version ?? 0;
  if (version > migrations.length) throw baseNewer(version);
  if (version < migrations.length) throw older(version);
}

function older(version: number): GuaritaError {
  return new GuaritaError(
    'base-older',
    `A base tem a versão ${version}; a esperada é a ${migrations.length}.`,
  );
}
