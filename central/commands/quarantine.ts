import { count } from '../../shared/count-format.ts';
import { plainTable } from '../../shared/plain-table.ts';
import type { ProgramContext } from '../../shared/program.ts';
import {
  countOpen,
  listQuarantine,
  type QuarantineEntry,
  quarantinedRows,
} from '../base/source-layer/quarantine.ts';
import { quarantineReasons } from '../base/source-layer/quarantine-codes.ts';
import { type CentralOptions, readCentralConfig, sourceNamed, withBase } from '../central.ts';
import { keyText } from '../words/mask.ts';
import { printOrWrite } from './print-or-write.ts';
import { quarantineCsv } from './quarantine-csv.ts';

export interface QuarantineOptions extends CentralOptions {
  readonly view?: string;
  /** Show keys, and in an export the rows, in full: personal data. */
  readonly reveal?: boolean;
  readonly json?: boolean;
  /** File for an export; without it, standard output. */
  readonly out?: string;
}

/** Entries of one table; the export has them all. */
const mostListed = 200;

/** Lists the rows in quarantine, of one source or of all, the oldest first. Throws `source-unknown`. */
export async function listQuarantined(
  name: string | undefined,
  options: QuarantineOptions,
  context: ProgramContext,
): Promise<void> {
  const config = readCentralConfig(options, context);
  const source = name === undefined ? undefined : sourceNamed(config, name).uf;
  const { view, json, reveal = false } = options;
  const { entries, open } = await withBase(config, context, async (base) => ({
    entries: await listQuarantine(base, { source, view, limit: mostListed }),
    open: await countOpen(base, source),
  }));
  if (json === true) return context.print(JSON.stringify(entries.map((entry) => shown(entry, reveal))));
  if (entries.length === 0) return context.print('Nenhuma linha em quarentena.');
  context.print(tableOf(entries, reveal));
  const total = open.reduce(
    (sum, each) => sum + (view === undefined || each.view === view ? each.open : 0),
    0,
  );
  if (total > entries.length) {
    context.print(`Mostradas as ${count.format(entries.length)} mais antigas de ${count.format(total)}.`);
  }
}

/** Writes the rows in quarantine of a source as a CSV for the state, into a file that only its owner may read. */
export async function exportQuarantined(
  name: string,
  options: QuarantineOptions,
  context: ProgramContext,
): Promise<void> {
  const config = readCentralConfig(options, context);
  const { uf } = sourceNamed(config, name);
  const { view, out, reveal = false } = options;
  await withBase(config, context, async (base) => {
    const lines = quarantineCsv(quarantinedRows(base, uf, view), reveal);
    await printOrWrite(lines, { out }, context);
  });
}

function shown(entry: QuarantineEntry, reveal: boolean) {
  return { ...entry, key: entry.key === null ? null : keyText(entry.key, reveal) };
}

function tableOf(entries: readonly QuarantineEntry[], reveal: boolean): string {
  const table = plainTable(['UF', 'visão', 'chave', 'código', 'motivo', 'desde', 'vista por último']);
  for (const entry of entries) {
    const { source, view, code, reason, opened, lastSeen } = entry;
    const { title } = quarantineReasons[code];
    const motive = reason === '' ? title : `${title} (${reason})`;
    table.push([source, view, shown(entry, reveal).key ?? '', code, motive, opened, lastSeen]);
  }
  return table.toString();
}
