import { dayText } from '../../../shared/day.ts';
import type { Timeline } from '../html/svg/timeline.ts';
import type { Named, SeenRow } from './rows.ts';
import { valueText } from './values.ts';
import { isSurelyOpen } from './where-now.ts';

/** Lanes that are drawn: more of them nobody reads at once, and the table has all. */
const mostLanes = 16;

/**
 * Custodies as bars, a lane for each unit of a state, and movements as marks, a lane for each state. What has no date is
 * in the table alone, and its number is told. Pure.
 *
 * @param today YYYY-MM-DD, up to which a bar goes that nothing says has ended
 */
export function timelineOf(
  custodies: readonly SeenRow[],
  movements: readonly SeenRow[],
  named: Pick<Named, 'unit'>,
  today: string,
): Timeline {
  const dated = custodies.filter(
    ({ values }) => dayIn(values, 'entrada') !== null || dayIn(values, 'saida') !== null,
  );
  const happened = movements.filter(({ values }) => dayIn(values, 'instante') !== null);
  const lanes = [
    ...Map.groupBy(
      dated,
      (row) =>
        `${row.source} · ${named.unit(row.source, row.values['unidade_id']) ?? 'unidade não informada'}`,
    ),
  ];
  const spans = lanes.map(([label, rows]) => ({ label, spans: rows.map((row) => spanOf(row, today)) }));
  // As they came: of a lane its first day, the earliest above.
  const inOrder = spans.toSorted((a, b) => firstOf(a.spans) - firstOf(b.spans));
  const marks = [...Map.groupBy(happened, ({ source }) => source)]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([source, rows]) => ({ label: `${source} · movimentações`, marks: marksOf(rows) }));
  return {
    title: 'Custódias e movimentações no tempo',
    lanes: [...inOrder.slice(-mostLanes), ...marks],
    left: Math.max(0, inOrder.length - mostLanes),
    undated: custodies.length - dated.length + movements.length - happened.length,
    today: numberOf(today),
  };
}

function spanOf(row: SeenRow, today: string) {
  const { values } = row;
  const [from, to] = [dayIn(values, 'entrada'), dayIn(values, 'saida')];
  const isOpen = to === null && isSurelyOpen(row);
  const [start, end] = [from ?? to ?? today, to ?? (isOpen ? today : (from ?? today))];
  // What ends before it begins is drawn all the same: what is wrong with it is among the findings.
  const [first, last] = [numberOf(start), numberOf(end)];
  const kind = isOpen
    ? ('open' as const)
    : from === null || to === null
      ? ('half' as const)
      : ('closed' as const);
  const words = [
    from === null ? 'entrada não informada' : `de ${dayText(from)}`,
    isOpen ? 'até hoje' : to === null ? 'saída sem data' : `a ${dayText(to)}`,
    valueText('custodia', 'regime', values['regime']),
  ];
  return {
    ...{ from: Math.min(first, last), to: Math.max(first, last), kind },
    words: words.filter((word) => word !== null).join(', '),
  };
}

function marksOf(rows: readonly SeenRow[]) {
  const days = [...Map.groupBy(rows, ({ values }) => dayIn(values, 'instante') ?? '')];
  return days.map(([day, same]) => ({
    at: numberOf(day),
    count: same.length,
    words: `${dayText(day)}: ${same.length === 1 ? (valueText('movimentacao', 'tipo', same[0]?.values['tipo']) ?? 'movimentação') : `${same.length} movimentações`}`,
  }));
}

const firstOf = (spans: readonly { readonly from: number }[]) => Math.min(...spans.map(({ from }) => from));

/** The day of a date or an instant, null where it has none that there is on a calendar. */
function dayIn(values: SeenRow['values'], column: string): string | null {
  const value = values[column];
  const day = typeof value === 'string' ? value.slice(0, 10) : '';
  return /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day)) ? day : null;
}

/** Days since 1970. */
function numberOf(day: string): number {
  return Date.parse(day) / 86_400_000;
}
