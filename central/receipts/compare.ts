import { hash } from 'node:crypto';
import Value from 'typebox/value';
import { GuaritaError } from '../../shared/errors.ts';
import { type JournalEntry, type RequestBody, requestBodySchema } from '../../shared/journal/entry.ts';
import { readJournalFile } from '../../shared/journal/file.ts';
import { type JournalVerdict, JournalVerifier } from '../../shared/journal/verify.ts';
import { problemOf } from '../../shared/problems/catalogue.ts';
import type { PublicKey } from '../../shared/signing/keys.ts';
import type { StateFile } from '../../shared/state-file.ts';
import type { JournalBreak } from '../state/journal-breaks.ts';
import { type BreakOutcome, LineComparison, type LineFault } from './compare-line.ts';
import { factsOf, receiptFinder, receiptsOf } from './receipts.ts';

/** Where the two sides do not tell the same story. */
export interface Disagreement {
  /** `receipt-unknown`: central was given what the journal does not have. `differs`: both have it, not alike. */
  readonly kind: 'receipt-unknown' | 'differs';
  /** Entry of the journal, where there is one, and receipt. */
  readonly entry: number | null;
  readonly receipt: number;
  readonly at: string;
  /** What differs. */
  readonly what: readonly string[];
}

export interface Comparison {
  readonly journal: JournalVerdict;
  /** Answers of which both sides tell alike. */
  readonly agreed: number;
  /** Answered by the agent, of which central has no receipt: a line that was cut, or an answer that came too late. */
  readonly notReceived: number;
  /** Refused by the agent because it could not write its journal: nothing was given. */
  readonly unwritten: number;
  /** Receipts from after the journal was exported. */
  readonly later: number;
  readonly disagreements: readonly Disagreement[];
  /** Receipts that name an entry which the journal has otherwise, or not. */
  readonly line: readonly LineFault[];
  /** Answers that fitted nowhere when they came, and what became of each. */
  readonly breaks: readonly (JournalBreak & { readonly outcome: BreakOutcome })[];
  /** What does not fit and was decided, or is of before the present enrolment: told, and no disagreement any more. */
  readonly settled: number;
  /** Whether the end of the journal is proved: not that of an agent of 0.1.0. */
  readonly isProved: boolean;
}

export interface CompareOptions {
  readonly db: StateFile;
  readonly source: string;
  /** Name of the agent, as its journal has it. */
  readonly agent: string;
  readonly keys: readonly PublicKey[];
  readonly file: string;
}

/**
 * Compares the receipts of a source with the journal that its agent exported: each receipt has its entry, the same
 * request answered with the same bytes. Neither is held in memory as a whole.
 * Throws `document-unreadable`, and `document-foreign` for the journal of another agent.
 */
export async function compareReceipts({
  db,
  source,
  agent,
  keys,
  file,
}: CompareOptions): Promise<Comparison> {
  db.exec('CREATE TEMP TABLE IF NOT EXISTS told (receipt INTEGER PRIMARY KEY); DELETE FROM told');
  const tell = db.prepare('INSERT OR IGNORE INTO told VALUES (?)');
  const find = receiptFinder(db, source);
  const line = new LineComparison(db, source);
  const verifier = new JournalVerifier(agent, keys, line.isProved);
  const disagreements: Disagreement[] = [];
  let exported = '';
  let agreed = 0;
  let notReceived = 0;
  await readJournalFile(
    file,
    (header) => {
      if (header.agent !== agent) throw new GuaritaError('document-foreign', `"${file}": ${header.agent}.`);
      exported = header.exported;
    },
    (part) => {
      if ('head' in part) return verifier.head(part.head);
      verifier.entry(part.entry);
      line.entry(part.entry);
      const body = requestIn(part.entry);
      if (body === null || body.signature === null) return;
      const receipt = find(body.signature);
      if (receipt === undefined) {
        if (body.key !== null) notReceived++;
        return;
      }
      tell.run(receipt.id);
      const what = differences(body, factsOf(receipt));
      if (what.length === 0) agreed++;
      else
        disagreements.push({
          kind: 'differs',
          entry: part.entry.id,
          receipt: receipt.id,
          at: receipt.at,
          what,
        });
    },
  );
  const isTold = db.prepare('SELECT 1 FROM told WHERE receipt = ?').pluck();
  let unwritten = 0;
  let later = 0;
  for (const receipt of receiptsOf(db, source)) {
    const { id, at, request } = receipt;
    if (request === null || isTold.get(id) === 1) continue;
    if (factsOf(receipt).status === problemOf('state-unwritable').status) unwritten++;
    else if (at > exported) later++;
    else disagreements.push({ kind: 'receipt-unknown', entry: null, receipt: id, at, what: [] });
  }
  line.end(exported);
  const { isProved } = line;
  const breaks = line.breaks.map((one) => ({ ...one, outcome: line.outcomeOf(one) }));
  const open = {
    disagreements: disagreements.filter(({ receipt }) => !line.isSettled(receipt)),
    line: line.faults.filter(({ known }) => !line.isSettled(known)),
  };
  const all = disagreements.length + line.faults.length;
  return {
    ...{ journal: verifier.verdict(), agreed, notReceived, unwritten, later, breaks, isProved },
    ...open,
    settled: all - open.disagreements.length - open.line.length,
  };
}

function requestIn({ kind, body }: JournalEntry): RequestBody | null {
  if (kind !== 'request') return null;
  const value: unknown = JSON.parse(body);
  return Value.Check(requestBodySchema, value) ? value : null;
}

function differences(body: RequestBody, facts: ReturnType<typeof factsOf>): string[] {
  const query = facts.query === null ? null : hash('sha256', facts.query, 'base64url');
  const pairs: [name: string, theirs: unknown, ours: unknown][] = [
    ['method', body.method, facts.method],
    ['resource', body.resource, facts.resource],
    ['query', body.query, query],
    ['status', body.status, facts.status],
    ['digest', body.digest, facts.digest],
    // Only pages say how many rows they have.
    ...(facts.rows === null ? [] : [['rows', body.rows, facts.rows] as [string, unknown, unknown]]),
  ];
  return pairs.filter(([, theirs, ours]) => theirs !== ours).map(([name]) => name);
}
