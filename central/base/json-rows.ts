import { storableText } from '../../shared/storable-text.ts';

/**
 * Rows as one JSON parameter, for `jsonb_to_recordset` and the like. What the base could not hold is left out of texts:
 * one of them may be an agent's own word, and must not keep the others from being written.
 */
export function jsonRows(rows: readonly object[]): string {
  return JSON.stringify(rows, (_name, value: unknown) =>
    typeof value === 'string' ? storableText(value) : value,
  );
}
