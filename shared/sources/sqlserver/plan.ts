import type { QueryPlan } from '../reading/view-snapshot.ts';

/** Whether the user may see how the server would run a statement: asked first, since a refusal ends a transaction. */
export const mayShowPlan = `SELECT HAS_PERMS_BY_NAME(QUOTENAME(DB_NAME()), N'DATABASE', N'SHOWPLAN')`;

/** What a user who may not see plans is told. */
export const hiddenPlan: QueryPlan = {
  isServed: null,
  text: 'SHOWPLAN permission is not granted: how the server reads the view could not be seen.',
};

/**
 * A plan from its XML. An index serves a query where nothing is sorted and each table is entered by a seek, or read in
 * order from its begin without passing over rows.
 */
export function planOf(xml: string): QueryPlan {
  const operators = [...xml.matchAll(/<RelOp\b[^>]*\bPhysicalOp="([^"]+)"/g)].map(([, name]) => name ?? '');
  const isSorted = operators.some(
    (name) => name === 'Sort' || name.startsWith('Table Scan') || name.includes('Hash'),
  );
  const scans = [...xml.matchAll(/<IndexScan\b([^>]*)>(.*?)<\/IndexScan>/gs)];
  const isPassing = scans.some(
    ([, attributes = '', inner = '']) =>
      !inner.includes('<SeekPredicates>') &&
      (/Ordered="(0|false)"/.test(attributes) || inner.includes('<Predicate>')),
  );
  return { isServed: !isSorted && !isPassing, text: operators.join(' < ') };
}
