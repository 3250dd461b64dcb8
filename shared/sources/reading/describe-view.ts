import { hash } from 'node:crypto';
import { GuaritaError } from '../../errors.ts';
import type { ProblemCode } from '../../problems/catalogue.ts';
import { type ChangelogConfig, modeOf, type ViewConfig } from '../view-config.ts';
import { requireUsableMode } from '../view-modes.ts';
import type { BrokenView, ColumnDescription, ViewDescription } from '../view-source.ts';

/**
 * What a view is, from what the database says of its columns and what the configuration asks for.
 * Throws `column-missing` and `column-unusable`, naming view and column, and `mode-unusable`.
 */
export function describeView<C extends ColumnDescription>(
  config: ViewConfig,
  available: readonly C[],
  epoch: string,
): { description: ViewDescription; columns: readonly C[] } {
  requireUsableMode(config);
  const find = finder(`Visão "${config.name}"`, available);
  const wanted = config.columns ?? available.map((column) => column.name);
  const columns = wanted.map((name) => find(name, 'coluna'));
  for (const name of config.key) requireListed(config, find(name, 'coluna da chave'), wanted);
  const mode = modeOf(config);
  const watermark = mode === 'watermark' ? (config.watermark ?? null) : null;
  if (watermark !== null) requireListed(config, find(watermark, 'coluna da marca d’água'), wanted);
  for (const column of columns) requireUsableName(config, column.name);
  return {
    columns,
    description: {
      name: config.name,
      columns: columns.map(({ name, type, nullable }) => ({ name, type, nullable })),
      key: config.key,
      mode,
      watermark,
      fingerprint: fingerprintOf(config, columns),
      epoch,
    },
  };
}

/** The columns of a view's log that are read. Throws `column-missing`, naming view, log and column. */
export function describeLog<C extends ColumnDescription>(
  view: string,
  { relation, watermark, key, table, operation }: ChangelogConfig,
  available: readonly C[],
): { watermark: C; key: readonly C[] } {
  const find = finder(`Visão "${view}", log "${[relation].flat().join('.')}"`, available);
  for (const filter of [table, operation]) if (filter !== undefined) find(filter.column, 'coluna');
  return {
    watermark: find(watermark, 'coluna da marca d’água'),
    key: key.map((name) => find(name, 'coluna da chave')),
  };
}

function finder<C extends ColumnDescription>(
  where: string,
  available: readonly C[],
): (name: string, role: string) => C {
  const byName = new Map(available.map((column) => [column.name, column]));
  return (name, role) => {
    const column = byName.get(name);
    if (column !== undefined) return column;
    const there = available.map((c) => c.name).join(', ');
    throw new GuaritaError('column-missing', `${where}, ${role} "${name}"; há: ${there}.`);
  };
}

/** These are about one view; with any other error nothing can be said of the source at all. */
const breaksView: ReadonlySet<ProblemCode> = new Set([
  'view-missing',
  'column-missing',
  'column-unusable',
  'watermark-unusable',
  'mode-unusable',
]);

/** Describes each view by itself: one that is broken does not hide the others. */
export async function describeEach(
  configs: readonly ViewConfig[],
  describe: (config: ViewConfig) => ViewDescription | Promise<ViewDescription>,
): Promise<{ views: ViewDescription[]; broken: BrokenView[] }> {
  const views: ViewDescription[] = [];
  const broken: BrokenView[] = [];
  for (const config of configs) {
    try {
      views.push(await describe(config));
    } catch (error) {
      if (!(error instanceof GuaritaError) || !breaksView.has(error.code)) throw error;
      broken.push({ name: config.name, problem: error.code, detail: error.detail });
    }
  }
  return { views, broken };
}

/** The first 96 bits of a SHA-256, enough to tell any two apart; base64url so that it fits a header. */
export function shortHash(text: string): string {
  return hash('sha256', text, 'buffer').subarray(0, 12).toString('base64url');
}

function fingerprintOf(config: ViewConfig, columns: readonly ColumnDescription[]): string {
  const shape = columns.map((column) => [column.name, column.type, column.nullable]);
  const mode = modeOf(config);
  const how = mode === 'changelog' ? config.changelog : config.watermark;
  return shortHash(JSON.stringify([config.name, shape, config.key, mode, how ?? null]));
}

function requireListed(config: ViewConfig, column: ColumnDescription, wanted: readonly string[]): void {
  if (wanted.includes(column.name)) return;
  throw new GuaritaError(
    'column-missing',
    `Visão "${config.name}" precisa da coluna "${column.name}" na lista de colunas.`,
  );
}

/** Names that start with an underscore are the base's own; PostgreSQL cuts names at 63 bytes. */
function requireUsableName(config: ViewConfig, name: string): void {
  if (!name.startsWith('_') && Buffer.byteLength(name) <= 63) return;
  throw new GuaritaError('column-unusable', `Visão "${config.name}", coluna "${name}".`);
}
