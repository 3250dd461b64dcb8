import type { ProgramContext } from '../../../shared/program.ts';
import type { Base } from '../../base/base.ts';
import { type Decided, decideLinks, type SaidOfTwo } from '../../base/national-layer/decide-links.ts';
import { placesOf } from '../../tables/columns.ts';
import { openTable } from '../../tables/table.ts';
import { type TableOptions, tableFormOf } from '../table-options.ts';
import { whoCommands } from '../who-commands.ts';
import { registerOfCell } from './named-registers.ts';
import { answerColumns } from './review-csv.ts';
import { answeredLine } from './review-words.ts';

export interface ReviewImportOptions extends TableOptions {
  /** Of rows that say none. */
  readonly reason?: string;
  readonly json?: boolean;
}

/** What a row came to: a decision, or why there is none. */
type Told = { readonly line: number } & (
  | Decided
  | { readonly outcome: 'unreadable'; readonly column: string }
);

const atOnce = 1000;

/**
 * Reads what reviewers have answered, the whole file before any of it is recorded, and tells of each row what became of it.
 * Cut short, it is read again: what was recorded is known by then. Throws `table-invalid`, `option-invalid`.
 *
 * @returns whether all that was answered is decided by now
 */
export async function importReview(
  base: Base,
  file: string,
  options: ReviewImportOptions,
  context: ProgramContext,
): Promise<boolean> {
  const table = await openTable(file, tableFormOf(options));
  const { a, b, answer, reason, who } = answerColumns;
  const places = placesOf(table, [a, b, answer, reason, who]);
  const account = whoCommands(context);
  const answered: Row[] = [];
  let open = 0;
  // The whole file first: of one that does not work, nothing is recorded.
  for await (const { line, cells } of table.rows()) {
    const [one = '', other = '', text = '', why = '', by = ''] = places.map((place) => cells[place] ?? '');
    if (text === '') {
      open++;
      continue;
    }
    // Whose word it is, and who brought it.
    const whose = by === '' || by === account ? account : `${by}, por ${account}`;
    const given = { one, other, text, why: why === '' ? (options.reason?.trim() ?? '') : why };
    answered.push({ line, ...readRow(given, whose) });
  }
  const all: Told[] = [];
  for (let from = 0; from < answered.length; from += atOnce) {
    for (const row of await recorded(base, answered.slice(from, from + atOnce))) {
      all.push(row);
      if (options.json !== true) context.print(`linha ${row.line}: ${toldText(row)}`);
    }
  }
  const failed = all.filter(({ outcome }) => outcome !== 'recorded' && outcome !== 'known').length;
  if (options.json === true) context.print(JSON.stringify({ rows: all, unanswered: open }));
  else context.print(summaryOf(all, failed, open));
  return failed === 0;
}

/** Records what rows say, all or none, and tells what became of each. */
async function recorded(base: Base, rows: readonly Row[]): Promise<readonly Told[]> {
  const said = rows.flatMap((row) => row.said ?? []);
  const decided = said.length === 0 ? [] : await base.transaction((tx) => decideLinks(tx, said));
  let next = 0;
  return rows.map(({ line, said: isSaid, column }): Told => {
    const came = isSaid === undefined ? undefined : decided[next++];
    return came === undefined ? { line, outcome: 'unreadable', column } : { line, ...came };
  });
}

/** A row that was answered: what it says, or which column of it cannot be read. */
interface Row {
  readonly line: number;
  readonly said?: SaidOfTwo;
  readonly column: string;
}

function readRow(
  {
    one,
    other,
    text,
    why,
  }: { readonly one: string; readonly other: string; readonly text: string; readonly why: string },
  who: string,
): Omit<Row, 'line'> {
  const [a, b, says] = [registerOfCell(one), registerOfCell(other), answers.get(text.toLowerCase())];
  if (a === null) return { column: answerColumns.a };
  if (b === null) return { column: answerColumns.b };
  if (says === undefined) return { column: answerColumns.answer };
  if (why === '') return { column: answerColumns.reason };
  return { column: '', said: { a, b, says, reason: why, who, through: 'file' } };
}

/** Words for an answer, also as spreadsheets and others write it. */
const answers: ReadonlyMap<string, SaidOfTwo['says']> = new Map([
  ...['mesma', 'mesma pessoa', 'igual', 'sim', 's', 'same'].map((word) => [word, 'same'] as const),
  ...['distintas', 'distinta', 'distintos', 'diferentes', 'não', 'nao', 'd', 'distinct'].map(
    (word) => [word, 'distinct'] as const,
  ),
  ...['incerto', 'incerta', 'não sei', 'nao sei', '?', 'u', 'unsure'].map(
    (word) => [word, 'unsure'] as const,
  ),
]);

function toldText(told: Told): string {
  if (told.outcome !== 'unreadable') return answeredLine(told);
  return told.column === answerColumns.answer
    ? '✗ "resposta" não é mesma, distintas nem incerto'
    : `✗ "${told.column}" está em branco ou não se entende`;
}

function summaryOf(all: readonly Told[], failed: number, open: number): string {
  const of = (outcome: Told['outcome']) => all.filter((each) => each.outcome === outcome).length;
  return [
    `${failed === 0 ? '✓' : '✗'} Registradas: ${of('recorded')}; já respondidas: ${of('known')}; não registradas: ${failed}; sem resposta: ${open}.`,
    ...(of('recorded') > 0 ? ['→ O próximo tratamento segue as respostas.'] : []),
  ].join('\n');
}
