import { closeSync, openSync } from 'node:fs';
import { count } from '../../shared/count-format.ts';
import { writtenInstant } from '../../shared/day.ts';
import { GuaritaError } from '../../shared/errors.ts';
import { faultLines } from '../../shared/journal/fault-lines.ts';
import { readJournalFile } from '../../shared/journal/file.ts';
import { type JournalVerdict, JournalVerifier, verifyJournal } from '../../shared/journal/verify.ts';
import { writeJournal } from '../../shared/journal/write-journal.ts';
import type { ProgramContext } from '../../shared/program.ts';
import { keysOfRecords } from '../../shared/signed-records.ts';
import { stateError } from '../../shared/state-file.ts';
import { readAgentConfig } from '../config/read-config.ts';
import { withHome } from '../home.ts';
import { asCaller } from '../state/as-owner.ts';

export interface JournalOptions {
  readonly config: string;
  /** An exported journal instead of the agent's own. */
  readonly file?: string;
  readonly out?: string;
}

/** Checks the whole journal: the chain, the signed head of each day, its signed end. Throws `journal-broken`. */
export async function verifyOwnJournal(options: JournalOptions, context: ProgramContext): Promise<void> {
  const config = readAgentConfig(options.config, context.environment);
  const { file } = options;
  const { keys, own, isWithoutAgreement } = await withHome(config, (home) => {
    const known = keysOfRecords(home.keys());
    const { journal } = home;
    const verdict = () => verifyJournal(config.id, journal.entries(), journal.heads(), known);
    return {
      keys: known,
      own: file === undefined ? journal.atOneMoment(verdict) : null,
      isWithoutAgreement: home.agreements.isMissing(),
    };
  });
  if (own !== null && own.entries === 0 && isWithoutAgreement) {
    context.print('– Diário vazio: este agente ainda não tem acordo, e nada registrou.');
  } else if (own !== null) tellVerdict(own, context);
  else if (file !== undefined) tellVerdict(await verifyFile(file, config.id, keys), context);
}

async function verifyFile(
  file: string,
  agent: string,
  keys: ConstructorParameters<typeof JournalVerifier>[1],
): Promise<JournalVerdict> {
  const verifier = new JournalVerifier(agent, keys);
  await readJournalFile(
    file,
    (header) => {
      if (header.agent !== agent) throw new GuaritaError('document-foreign', `"${file}": ${header.agent}.`);
    },
    (line) => ('entry' in line ? verifier.entry(line.entry) : verifier.head(line.head)),
  );
  return verifier.verdict();
}

function tellVerdict(verdict: JournalVerdict, { print }: ProgramContext): void {
  const { entries, heads, first, last, faults, endUnsignedTo } = verdict;
  const summary = `${count.format(entries)} registros; dias assinados: ${count.format(heads)}`;
  const span =
    first === null || last === null ? null : `  de ${writtenInstant(first)} a ${writtenInstant(last)}`;
  if (faults.length === 0) {
    print(`✓ Diário íntegro: ${summary}.`);
    if (span !== null) print(span);
    if (endUnsignedTo > 0) {
      print(`! Até o registro ${endUnsignedTo} escreveu uma versão anterior: um corte ali não aparece aqui.`);
    }
    return;
  }
  print(`✗ Diário: ${summary}.`);
  if (span !== null) print(span);
  for (const line of faultLines(faults)) print(line);
  throw new GuaritaError('journal-broken', `${faults.length} falha(s).`);
}

/** Writes the journal into a file, for the other side or for safe keeping. It holds no data of prisoners. */
export async function exportJournal(options: JournalOptions, context: ProgramContext): Promise<void> {
  const config = readAgentConfig(options.config, context.environment);
  const file = options.out ?? `${config.id}.journal`;
  await withHome(config, ({ journal }) => {
    try {
      const handle = asCaller(() => openSync(file, 'w', 0o600));
      try {
        writeJournal(journal, config.id, handle);
      } finally {
        closeSync(handle);
      }
    } catch (error) {
      throw stateError(error, file);
    }
  });
  context.print(
    [
      `✓ Diário gravado em ${file}.`,
      '→ A central o compara com os recibos dela: guarita-central receipts compare ' + file,
    ].join('\n'),
  );
}
