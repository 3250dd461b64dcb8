import { count } from '../../shared/count-format.ts';
import { writtenInstant } from '../../shared/day.ts';
import { GuaritaError } from '../../shared/errors.ts';
import { faultLines } from '../../shared/journal/fault-lines.ts';
import type { ProgramContext } from '../../shared/program.ts';
import { readStateFile, type StateFile } from '../../shared/state-file.ts';
import { type CentralOptions, readCentralConfig, sourceNamed, sourcesNamed } from '../central.ts';
import { type CentralConfig, isDirectEntry, type SourceEntry } from '../config.ts';
import { readEnrolled } from '../enrolment/enrolled-source.ts';
import { readAllAgentKeys } from '../enrolment/trust.ts';
import { type Comparison, compareReceipts, type Disagreement } from '../receipts/compare.ts';
import type { BreakOutcome } from '../receipts/compare-line.ts';
import { receiptsOf } from '../receipts/receipts.ts';
import type { JournalBreak } from '../state/journal-breaks.ts';
import { centralStateFile, openCentralState } from '../state/state.ts';
import { isObserved, verifyObservations, verifyObservationsIn } from './direct/observations.ts';

/** How many are named one by one. */
const mostNamed = 20;

export interface VerifyOptions extends CentralOptions {
  /** Exported observations of a source without an agent, instead of those that are kept here. */
  readonly file?: string;
}

/**
 * Checks the agent's signature on every receipt; of a source without an agent, what central has observed. Throws
 * `receipts-broken`.
 */
export async function verifyReceipts(
  names: readonly string[],
  options: VerifyOptions,
  context: ProgramContext,
): Promise<void> {
  const config = readCentralConfig(options, context);
  const broken =
    options.file === undefined
      ? await verifyKept(sourcesNamed(config, names), config, context)
      : await verifyObservationsIn(options.file, config, sourceNamed(config, names[0] ?? ''), context);
  if (broken > 0) throw new GuaritaError('receipts-broken', `${broken} recibo(s).`);
}

/** How many do not hold. */
async function verifyKept(
  sources: readonly SourceEntry[],
  config: CentralConfig,
  context: ProgramContext,
): Promise<number> {
  let broken = 0;
  for (const source of sources) {
    broken += withState(config, (db) => verifyOf(db, source, context));
    if (isObserved(config, source)) broken += await verifyObservations(config, source, context);
  }
  return broken;
}

function verifyOf(db: StateFile, source: SourceEntry, { print }: ProgramContext): number {
  const keys = new Map(readAllAgentKeys(source).map((key) => [key.thumbprint, key]));
  let sound = 0;
  const bad: string[] = [];
  for (const { id, at, keyid, signatureBase, signature } of receiptsOf(db, source.uf)) {
    const key = keys.get(keyid);
    if (key?.verify(Buffer.from(signatureBase, 'utf8'), signature) === true) sound++;
    else
      bad.push(
        `  ✗ recibo ${id} (${writtenInstant(at)}): ${key === undefined ? 'chave desconhecida' : 'assinatura não confere'}`,
      );
  }
  // Of one that never had an agent there is nothing to tell.
  if (isDirectEntry(source) && sound + bad.length === 0) return 0;
  const mark = bad.length === 0 ? '✓' : '✗';
  print(
    `${mark} ${source.uf}: ${count.format(sound)} recibos conferem${bad.length === 0 ? '.' : `; ${bad.length} não:`}`,
  );
  for (const line of bad.slice(0, mostNamed)) print(line);
  if (bad.length > mostNamed) print(`  … e mais ${bad.length - mostNamed}`);
  return bad.length;
}

export interface CompareCommandOptions extends CentralOptions {
  readonly uf?: string;
}

const differing: Readonly<Record<string, string>> = {
  method: 'método',
  resource: 'recurso',
  query: 'parâmetros',
  status: 'resultado',
  digest: 'conteúdo',
  rows: 'número de linhas',
};

/** Proves by the journal that an agent exported that both sides tell the same story. Throws `receipts-broken`. */
export async function compareWithJournal(
  file: string,
  options: CompareCommandOptions,
  context: ProgramContext,
): Promise<void> {
  const config = readCentralConfig(options, context);
  const uf = options.uf ?? /([A-Za-z]{2})\.journal$/.exec(file)?.[1];
  if (uf === undefined) {
    throw new GuaritaError('option-invalid', `"${file}" não se chama UF.journal: diga o estado por --uf.`);
  }
  const source = sourceNamed(config, uf);
  if (isDirectEntry(source)) {
    throw new GuaritaError(
      'option-invalid',
      `${source.uf} não tem agente (regra ${source.rule}): não há diário a comparar.`,
    );
  }
  const agent = 'record' in source ? readEnrolled(source.record).agent : source.uf;
  const keys = readAllAgentKeys(source);
  await withState(config, async (db) => {
    const compared = await compareReceipts({ db, source: source.uf, agent, keys, file });
    const { journal, agreed, notReceived, unwritten, later, disagreements } = compared;
    const { print } = context;
    print(
      `Diário de ${agent}: ${count.format(journal.entries)} registros, de ${instant(journal.first)} a ${instant(journal.last)}.`,
    );
    for (const line of faultLines(journal.faults)) print(line);
    print(`${count.format(agreed)} respostas constam dos dois lados, iguais.`);
    if (notReceived > 0)
      print(
        `! ${count.format(notReceived)} respondidas pelo agente não chegaram à central (conexão cortada).`,
      );
    if (unwritten > 0)
      print(
        `! ${count.format(unwritten)} recusas não constam do diário: o agente não conseguia gravar, e nada entregou.`,
      );
    if (later > 0) print(`– ${count.format(later)} recibos são posteriores à exportação do diário.`);
    for (const line of lineWords(compared)) print(line);
    for (const line of disagreements.slice(0, mostNamed).map(disagreementLine)) print(line);
    if (disagreements.length > mostNamed) print(`  … e mais ${disagreements.length - mostNamed}`);
    const open = compared.breaks.filter(({ outcome }) => outcome === 'open').length;
    const faults = journal.faults.length + disagreements.length + compared.line.length + open;
    if (faults > 0) throw new GuaritaError('receipts-broken', `${faults} divergência(s).`);
    print('✓ Os dois lados contam a mesma história.');
  });
}

const broken = { 'journal-cut': 'cortado', 'journal-forked': 'bifurcado' } as const;

const outcomeWords: Readonly<Record<Exclude<BreakOutcome, 'open'>, (one: JournalBreak) => string>> = {
  accepted: ({ accepted }) => (accepted === null ? 'de antes do que foi aceito' : `aceito em ${accepted}`),
  'enrolled-anew': () => 'de antes do novo cadastro',
  refused: ({ healed }) => `recusado, e o diário anterior voltou (recibo ${healed})`,
};

/** Whether the journal is the one that central was told of, answer by answer. */
function lineWords({ line, breaks, settled, isProved }: Comparison): string[] {
  const words = breaks.map((one) => {
    const { code, at, held, heldReceipt, receipt, outcome } = one;
    const what = `diário ${broken[code]} em ${writtenInstant(at)}: o registro ${held.id} (recibos ${heldReceipt} e ${receipt})`;
    return outcome === 'open' ? `  ✗ ${what}` : `! ${what}; ${outcomeWords[outcome](one)}`;
  });
  const named = line.slice(0, mostNamed).map(({ kind, entry, receipt, at }) => {
    const what =
      kind === 'forked' ? 'é outro neste diário: há uma cópia do agente' : 'falta neste diário: foi cortado';
    return `  ✗ registro ${entry}, de que o recibo ${receipt} (${writtenInstant(at)}) sabe, ${what}`;
  });
  const more = line.length > mostNamed ? [`  … e mais ${line.length - mostNamed}`] : [];
  const before =
    settled === 0
      ? []
      : [`! ${count.format(settled)} divergências são do que já foi decidido, ou de antes do cadastro.`];
  const unproved = isProved ? [] : ['! O agente não prova o fim do diário (versão anterior do protocolo).'];
  return [...words, ...named, ...more, ...before, ...unproved];
}

function disagreementLine({ kind, entry, receipt, at, what }: Disagreement): string {
  if (kind === 'receipt-unknown') return `  ✗ recibo ${receipt} (${writtenInstant(at)}): o diário não o tem`;
  const names = what.map((name) => differing[name] ?? name).join(', ');
  return `  ✗ registro ${entry ?? '?'} e recibo ${receipt} (${writtenInstant(at)}): diferem em ${names}`;
}

/** Central's state as it is, also while another central is at work; one that is older is brought up to date first. */
function withState<T>(config: CentralConfig, work: (db: StateFile) => T): T {
  openCentralState(config.state).close();
  const db = readStateFile(centralStateFile(config.state), 'checkpoints-damaged');
  if (db === null) throw new GuaritaError('receipts-broken', 'Não há recibos.');
  const close = () => void db.close();
  let result: T;
  try {
    result = work(db);
  } catch (error) {
    close();
    throw error;
  }
  if (result instanceof Promise) void result.then(close, close);
  else close();
  return result;
}

function instant(text: string | null): string {
  return text === null ? '–' : writtenInstant(text);
}
