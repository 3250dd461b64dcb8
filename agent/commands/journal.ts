import { createWriteStream, openSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GuaritaError } from '../../shared/errors.ts';
import { faultLines } from '../../shared/journal/fault-lines.ts';
import { journalLines, readJournalFile } from '../../shared/journal/file.ts';
import { type JournalVerdict, JournalVerifier, verifyJournal } from '../../shared/journal/verify.ts';
import type { ProgramContext } from '../../shared/program.ts';
import { stateError } from '../../shared/state-file.ts';
import { readAgentConfig } from '../config/read-config.ts';
import { type AgentHome, withHome } from '../home.ts';
import { asCaller } from '../state/as-owner.ts';
import { keysOfRecords } from '../state/signed-records.ts';

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
    const verdict = () => verifyJournal(config.id, home.journal.entries(), home.journal.heads(), known);
    return {
      keys: known,
      own: file === undefined ? verdict() : null,
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
  const { entries, heads, first, last, faults } = verdict;
  const span = first === null || last === null ? '' : `, de ${first} a ${last}`;
  const summary = `${entries} registros${span}; ${heads} dias assinados`;
  if (faults.length === 0) {
    print(`✓ Diário íntegro: ${summary}.`);
    return;
  }
  print(`✗ Diário: ${summary}.`);
  for (const line of faultLines(faults)) print(line);
  throw new GuaritaError('journal-broken', `${faults.length} falha(s).`);
}

/** Writes the journal into a file, for the other side or for safe keeping. It holds no data of prisoners. */
export async function exportJournal(options: JournalOptions, context: ProgramContext): Promise<void> {
  const config = readAgentConfig(options.config, context.environment);
  const file = options.out ?? `${config.id}.journal`;
  await withHome(config, (home) => writeJournal(home, config.id, file));
  context.print(
    [
      `✓ Diário gravado em ${file}.`,
      '→ A central o compara com os recibos dela: guarita-central receipts compare ' + file,
    ].join('\n'),
  );
}

/** Throws `state-unwritable`. */
export async function writeJournal({ journal }: AgentHome, agent: string, file: string): Promise<void> {
  const header = { kind: 'guarita-journal', agent, exported: new Date().toISOString() } as const;
  const lines = journalLines(header, journal.entries(), journal.heads());
  try {
    const fd = asCaller(() => openSync(file, 'w', 0o600));
    await pipeline(Readable.from(lines), createWriteStream(file, { fd }));
  } catch (error) {
    throw stateError(error, file);
  }
}
