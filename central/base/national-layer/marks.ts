import type { Questions, Transaction } from '../base.ts';

/** A step of treatment with a view of a source, in one version of the step. */
export interface Mark {
  readonly source: string;
  readonly view: string;
  readonly step: string;
  readonly version: string;
}

/** How far a step has come with a view. */
export interface Reached {
  /** The last change that the step took in, `0` where it has not begun in this version. */
  readonly change: string;
  /** It came to the end of the changes once, in this version. */
  readonly complete: boolean;
  /**
   * The last change when it came to the end: of all that was so by then nothing waits any more. Of a row that moved again
   * and again since, what it was meanwhile may be left behind by the mark, and comes with its last change.
   */
  readonly settled: string;
}

/**
 * How far a step has come. Held until the transaction ends: of two who do the same step of the same view, one goes on
 * where the other was. What another version of it did no longer counts, in whichever order they come.
 */
export async function holdMark(tx: Transaction, { source, view, step, version }: Mark): Promise<Reached> {
  const [mark] = await tx.query<Reached>(
    `INSERT INTO nacional.marca AS m (fonte, visao, passo, versao, mudanca, completa, assente)
       VALUES ($1, $2, $3, $4, 0, false, 0)
     ON CONFLICT (fonte, visao, passo) DO UPDATE SET versao = excluded.versao,
       mudanca = CASE WHEN m.versao = excluded.versao THEN m.mudanca ELSE 0 END,
       assente = CASE WHEN m.versao = excluded.versao THEN m.assente ELSE 0 END,
       completa = m.completa AND m.versao = excluded.versao
     RETURNING mudanca::text AS change, completa AS complete, assente::text AS settled`,
    [source, view, step, version],
  );
  return mark ?? { change: '0', complete: false, settled: '0' };
}

/** Whether a step is still done in this version, until the transaction ends. */
export async function standsMark(tx: Transaction, { source, view, step, version }: Mark): Promise<boolean> {
  const rows = await tx.query(
    'SELECT FROM nacional.marca WHERE fonte = $1 AND visao = $2 AND passo = $3 AND versao = $4 FOR SHARE',
    [source, view, step, version],
  );
  return rows.length > 0;
}

/** Says how far it has come now, `settled` where that is the end; whoever holds the mark (`holdMark`) does so, in the same transaction. */
export async function moveMark(
  tx: Transaction,
  { source, view, step }: Mark,
  { change, complete, settled = null }: Omit<Reached, 'settled'> & { readonly settled?: string | null },
): Promise<void> {
  await tx.query(
    `UPDATE nacional.marca SET mudanca = $4, completa = $5, assente = coalesce($6, assente)
      WHERE fonte = $1 AND visao = $2 AND passo = $3`,
    [source, view, step, change, complete, settled],
  );
}

/** Views of a source with which a step came to the end once. */
export async function completeViews(
  questions: Questions,
  source: string,
  step: string,
): Promise<ReadonlySet<string>> {
  const rows = await questions.query<{ view: string }>(
    'SELECT visao AS view FROM nacional.marca WHERE fonte = $1 AND passo = $2 AND completa',
    [source, step],
  );
  return new Set(rows.map(({ view }) => view));
}

/** Has all steps begin anew with all views of a source. */
export async function forgetMarks(tx: Transaction, source: string): Promise<void> {
  await tx.query(`DELETE FROM nacional.marca WHERE fonte = $1`, [source]);
}
