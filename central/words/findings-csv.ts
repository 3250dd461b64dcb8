import { csvLine, csvStart } from '../../shared/csv.ts';
import type { ExportedFinding } from '../base/national-layer/list-findings.ts';
import { severityNames } from '../treat/rules/severity-names.ts';
import { keyText } from './mask.ts';
import { itemText, toldRule } from './rule-words.ts';

/**
 * Findings as the lines of a CSV for the state. Without `reveal` there is only the begin of what names a row, and of the
 * value that the state gave in the column that a finding is about.
 */
export async function* findingsCsv(
  findings: AsyncIterable<ExportedFinding>,
  reveal: boolean,
): AsyncGenerator<string> {
  const head = ['regra', 'gravidade', 'visao', 'id', 'item', 'o_que_esta_errado', 'o_que_fazer', 'desde'];
  yield `${csvStart}${csvLine([...head, 'valor'])}`;
  for await (const { rule, view, id, item, since, value } of findings) {
    const { severity, wrong, todo } = toldRule(rule, view);
    yield csvLine([
      ...[rule, severity === null ? '' : severityNames[severity], view, keyText([id], reveal)],
      ...[itemText(view, item, reveal), wrong, todo, since, valueText(value, reveal)],
    ]);
  }
}

/** In full, unlike in a table. */
function valueText(value: string | null | undefined, reveal: boolean): string {
  if (value === undefined || value === null) return '';
  return reveal ? value : keyText([value], false);
}
