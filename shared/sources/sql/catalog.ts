import { GuaritaError } from '../../errors.ts';
import { describeLog, describeView } from '../reading/describe-view.ts';
import { modeOf, type ViewConfig } from '../view-config.ts';
import type { ColumnDescription } from '../view-source.ts';
import type { SqlRelation, SqlView } from './relation.ts';
import type { SqlSnapshot } from './snapshot.ts';

/** Throws `view-missing`, `column-missing`, `column-unusable`, `mode-unusable`. */
export async function readSqlView<C extends ColumnDescription>(
  snapshot: SqlSnapshot<C>,
  config: ViewConfig,
  epoch: string,
): Promise<SqlView<C>> {
  const available = await snapshot.relation(config, `Visão "${config.name}"`);
  const { description, columns } = describeView(config, available.columns, epoch);
  for (const column of columns) {
    requireUsable(snapshot, `Visão "${config.name}"`, column, config.key.includes(column.name));
  }
  return { config, description, columns, relation: available.relation, log: await readLog(snapshot, config) };
}

async function readLog<C extends ColumnDescription>(
  snapshot: SqlSnapshot<C>,
  config: ViewConfig,
): Promise<SqlRelation<C> | null> {
  const { name, changelog } = config;
  if (modeOf(config) !== 'changelog' || changelog === undefined) return null;
  const { relation, table, operation } = changelog;
  const filters = [table, operation].flatMap((filter) => (filter === undefined ? [] : [filter.column]));
  const read = [changelog.watermark, ...changelog.key, ...filters];
  const log = await snapshot.relation({ name, relation, columns: read }, `Visão "${name}", log`);
  const { watermark, key } = describeLog(name, changelog, log.columns);
  for (const column of [watermark, ...key]) requireUsable(snapshot, `Visão "${name}", log`, column, true);
  return log;
}

function requireUsable<C extends ColumnDescription>(
  snapshot: SqlSnapshot<C>,
  what: string,
  column: C,
  isKey: boolean,
): void {
  const reason = snapshot.unusable?.(column, isKey) ?? null;
  if (reason !== null) throw new GuaritaError('column-unusable', `${what}: ${reason}`);
}
