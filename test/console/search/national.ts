import type { Base } from '../../../central/base/base.ts';
import { natalId } from '../../../central/base/national-layer/natal-id.ts';
import { sweepAll } from '../../../central/base/national-layer/touched-subjects.ts';
import { indexNames } from '../../../central/treat/index-names.ts';
import type { Role } from '../../../shared/dictionary/roles.ts';
import { query } from '../../support/bases.ts';

export type Row = Readonly<Record<string, unknown>>;

const since = { desde_mudanca: 1, desde: '2026-01-01T00:00:00Z' };

/** A register, named after itself where nothing else is said. */
export function register(source: string, role: Role, id: string, values: Row = {}): Row {
  const natal = natalId(source, role, id);
  return {
    ...{ fonte: source, papel: role, id, natal_id: natal, pessoa_id: natal },
    ...{ primeira_vez: '2026-01-01T00:00:00Z', ...since, ...values },
  };
}

/** A row of another view. */
export function row(source: string, id: string, values: Row): Row {
  return { fonte: source, id, ...since, ...values };
}

/** Rows of the national tables, by table: `registro`. */
export type National = Readonly<Record<string, readonly Row[]>>;

const tables = ['registro', 'outro_nome', 'unidade', 'custodia', 'processo'];

/**
 * These rows and no others are there, and whoever is to be found is found.
 * @param tellsEnds whether its states tell when custodies end
 */
export async function fillNational(base: Base, national: National, tellsEnds = true): Promise<void> {
  for (const table of tables) {
    await query(base, `DELETE FROM nacional.${table}`);
    const rows = national[table] ?? [];
    if (rows.length === 0) continue;
    await query(
      base,
      `INSERT INTO nacional.${table} SELECT * FROM json_populate_recordset(NULL::nacional.${table}, $1)`,
      [JSON.stringify(rows)],
    );
  }
  const sources = [...new Set((national['registro'] ?? []).map(({ fonte }) => String(fonte)))];
  await query(base, `DELETE FROM guarita.view WHERE view = 'custodia'`);
  await query(
    base,
    `INSERT INTO guarita.view (source, view, key, columns, fingerprint, epoch)
     SELECT fonte, 'custodia', '{id}', $2::jsonb, '', '' FROM unnest($1::text[]) AS fonte`,
    [sources, JSON.stringify(tellsEnds ? [{ name: 'saida' }] : [])],
  );
  await query(base, 'DELETE FROM nacional.busca');
  await query(base, 'DELETE FROM nacional.palavra');
  await base.transaction(async (tx) => {
    for (const source of sources) await sweepAll(tx, source, ['busca']);
  });
  await indexNames(base, { signal: undefined });
}
