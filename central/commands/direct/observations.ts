import { closeSync, existsSync, openSync } from 'node:fs';
import { count } from '../../../shared/count-format.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import { faultLines } from '../../../shared/journal/fault-lines.ts';
import { readJournalFile } from '../../../shared/journal/file.ts';
import type { JournalVerdict } from '../../../shared/journal/verify.ts';
import { writeJournal } from '../../../shared/journal/write-journal.ts';
import type { ProgramContext } from '../../../shared/program.ts';
import { stateError } from '../../../shared/state-file.ts';
import { type CentralOptions, readCentralConfig, sourceNamed } from '../../central.ts';
import { type CentralConfig, type DirectEntry, isDirectEntry, type SourceEntry } from '../../config.ts';
import {
  centralKeys,
  type DirectHome,
  directHomeFile,
  journalName,
  withKeptHome,
} from '../../direct/home.ts';
import { ObservationsVerifier } from '../../direct/observations-verifier.ts';

export interface ExportOptions extends CentralOptions {
  readonly out?: string;
}

/** Checks what central keeps of a source that it reads itself, or did, and tells of it; returns how many faults there are. */
export async function verifyObservations(
  config: CentralConfig,
  { uf }: Pick<SourceEntry, 'uf'>,
  { print }: ProgramContext,
): Promise<number> {
  try {
    const verdict = await withKeptHome(config, uf, (home) => verdictOf(uf, home));
    return tell(uf, verdict, print);
  } catch (error) {
    // One source that has lost its own is no reason not to look at the others.
    if (!(error instanceof GuaritaError && error.code === 'state-altered')) throw error;
    print(`✗ ${uf}: as observações não estão inteiras. ${error.detail}`);
    return 1;
  }
}

/** The same of exported ones. Throws `document-unreadable`, `document-foreign`. */
export async function verifyObservationsIn(
  file: string,
  config: CentralConfig,
  { uf }: Pick<SourceEntry, 'uf'>,
  { print }: ProgramContext,
): Promise<number> {
  const verifier = new ObservationsVerifier(uf, await centralKeys(config));
  await readJournalFile(
    file,
    ({ agent }) => {
      if (agent !== journalName(uf)) throw new GuaritaError('document-foreign', `"${file}": ${agent}.`);
    },
    (line) => ('entry' in line ? verifier.entry(line.entry) : verifier.head(line.head)),
  );
  return tell(uf, verifier.verdict(), print);
}

/** Writes the observations of a source into a file, for the state or for safe keeping. It holds no data of prisoners. */
export async function exportObservations(
  name: string,
  options: ExportOptions,
  context: ProgramContext,
): Promise<void> {
  const config = readCentralConfig(options, context);
  const { uf } = observedNamed(config, name);
  const file = options.out ?? `${uf}.observacoes`;
  await withKeptHome(config, uf, ({ journal }) => {
    try {
      const handle = openSync(file, 'w', 0o600);
      try {
        writeJournal(journal, journalName(uf), handle);
      } finally {
        closeSync(handle);
      }
    } catch (error) {
      throw stateError(error, file);
    }
  });
  context.print(`✓ Observações de ${uf} gravadas em ${file}.`);
}

/** Whether central observes a source itself, or did so before an agent came. */
export function isObserved({ state }: Pick<CentralConfig, 'state'>, source: SourceEntry): boolean {
  return isDirectEntry(source) || existsSync(directHomeFile(state, source.uf));
}

/** Throws `source-unknown`, and `option-invalid` for a source that always had an agent. */
function observedNamed(config: CentralConfig, name: string): SourceEntry {
  const source = sourceNamed(config, name);
  return isObserved(config, source) ? source : directNamed(config, name);
}

/** Throws `source-unknown`, and `option-invalid` for a source with an agent. */
export function directNamed(config: CentralConfig, name: string): DirectEntry {
  const source: SourceEntry = sourceNamed(config, name);
  if (isDirectEntry(source)) return source;
  throw new GuaritaError(
    'option-invalid',
    `${source.uf} tem agente (regra 2): isto é de quem a central lê o banco (regras 1 e 5).`,
  );
}

function verdictOf(uf: string, { journal, keys }: DirectHome): JournalVerdict {
  const verifier = new ObservationsVerifier(uf, keys);
  return journal.atOneMoment(() => {
    for (const entry of journal.entries()) verifier.entry(entry);
    for (const head of journal.heads()) verifier.head(head);
    return verifier.verdict();
  });
}

function tell(uf: string, { entries, faults }: JournalVerdict, print: ProgramContext['print']): number {
  const mark = faults.length === 0 ? '✓' : '✗';
  const end = faults.length === 0 ? 'íntegras.' : `${faults.length} falhas:`;
  print(`${mark} ${uf}: ${count.format(entries)} registros de observações, assinados pela central; ${end}`);
  for (const line of faultLines(faults)) print(line);
  return faults.length;
}
