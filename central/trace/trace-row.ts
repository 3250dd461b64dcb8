import { digestOfGone, digestOfRow, isAmong } from '../../shared/protocol/row-evidence.ts';
import { type PageFlaw, type SignedPage, verifyPage } from '../../shared/protocol/verify-page.ts';
import type { Questions } from '../base/base.ts';
import { pageOfChange, shapeOf } from '../base/source-layer/kept-pages.ts';
import type { RowState, StoredView } from '../base/source-layer/row-history.ts';

/** Whether each step from the row to the agent holds; null where there is nothing to hold it against. */
export interface Checks {
  /** The values come to the digest that the base keeps of the row. */
  readonly values: boolean;
  /** That digest is one of the page's. */
  readonly among: boolean;
  /** These digests are what was signed, in an answer of this view and shape, and the signature holds. */
  readonly signature: boolean;
  /** The key is one that the agent is known by. */
  readonly key: boolean | null;
}

/**
 * Why there is nothing to check:
 * - `before-tracing`: it was loaded before any of this was kept;
 * - `unsigned`: the source signs no digests: an agent of version 1, or none;
 * - `forgotten`: the agent did not say that the row is gone. It came to name somebody who was forgotten by order, in an
 *   answer that holds; so it was taken for gone (docs/decisions/0029-forgetting.md);
 * - `lost`: the base should have kept it.
 */
export type Missing = 'before-tracing' | 'unsigned' | 'forgotten' | 'lost';

/** Why the signature of a page shows nothing, see `PageFlaw`; `shape`: the columns were others. */
export type Flaw = PageFlaw | 'shape';

/** One thing that the agent said: that it has the row, or that no row has its key any more. */
export interface Statement {
  readonly of: 'row' | 'removal';
  readonly missing: Missing | null;
  readonly checks: Checks | null;
  readonly flaw: Flaw | null;
  /** Thumbprint of the key (RFC 7638), and what was signed, once the signature holds. */
  readonly signed: SignedPage | null;
}

/** What tracing a state of a row came to. */
export interface Trace {
  /**
   * `failed`: something does not hold; `unproved`: all that could be checked holds, and not all could; `forgotten`: all
   * holds, and that it is gone is our own doing.
   */
  readonly result: 'proved' | 'failed' | 'unproved' | 'forgotten';
  readonly statements: readonly Statement[];
}

/**
 * Leads from a state of a row to the signatures that name it. Of a row that was removed, both are traced: what it was,
 * and that it is gone. Nothing but the base is asked.
 *
 * @param before what the row was before it was removed; null where that is not kept
 * @param known thumbprints of the agent's keys; null where nobody knows them
 */
export async function traceRow(
  questions: Questions,
  of: StoredView,
  { state, before }: { readonly state: RowState; readonly before: RowState | null },
  known: ReadonlySet<string> | null,
): Promise<Trace> {
  const content = state.removed ? before : state;
  const statements = [
    await statementOf(questions, of, { of: 'row', state, change: content?.from ?? null }, known),
  ];
  if (state.removed) {
    statements.push(await statementOf(questions, of, { of: 'removal', state, change: state.from }, known));
  }
  return { result: resultOf(statements), statements };
}

interface Said {
  readonly of: Statement['of'];
  readonly state: RowState;
  /** By which it was loaded; null where that is not kept. */
  readonly change: string | null;
}

async function statementOf(
  questions: Questions,
  of: StoredView,
  { of: what, state, change }: Said,
  known: ReadonlySet<string> | null,
): Promise<Statement> {
  const nothing = (missing: Missing): Statement => ({
    of: what,
    missing,
    checks: null,
    flaw: null,
    signed: null,
  });
  if (BigInt(change ?? state.from) <= BigInt(of.keptSince)) return nothing('before-tracing');
  const page = change === null ? null : await pageOfChange(questions, of, change);
  if (page === null) return nothing('lost');
  const { fingerprint, proof, forgotten } = page;
  if (proof === null) return nothing('unsigned');
  const shape = await shapeOf(questions, of, fingerprint);
  if (shape === null) return nothing('lost');
  const verdict = verifyPage({ view: of.view, ...proof });
  const flaw = 'flaw' in verdict ? verdict.flaw : verdict.fingerprint === fingerprint ? null : 'shape';
  const signed = 'flaw' in verdict || flaw !== null ? null : verdict;
  const made = what === 'row' ? digestOfRow(shape, state.values) : digestOfGone(shape, state.values);
  const kept = what === 'row' ? state.digest : made;
  const checks: Checks = {
    values: made !== null && made === kept,
    among: kept !== null && isAmong(proof.digests, kept),
    signature: signed !== null,
    key: signed === null || known === null ? null : known.has(signed.keyid),
  };
  // All holds, but that it says so.
  const saysOther = signed !== null && checks.values && !checks.among && checks.key !== false;
  if (what === 'removal' && saysOther && forgotten > 0) return nothing('forgotten');
  return { of: what, missing: null, checks, flaw, signed };
}

function resultOf(statements: readonly Statement[]): Trace['result'] {
  const isForgotten = ({ missing }: Statement) => missing === 'forgotten';
  const outcomes = statements
    .filter((statement) => !isForgotten(statement))
    .flatMap(({ missing, checks }) =>
      checks === null ? [missing === 'lost' ? false : null] : Object.values(checks),
    );
  if (outcomes.includes(false)) return 'failed';
  if (outcomes.includes(null)) return 'unproved';
  return statements.some(isForgotten) ? 'forgotten' : 'proved';
}
