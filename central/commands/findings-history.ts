import { count } from '../../shared/count-format.ts';
import { daysAgo, dayText } from '../../shared/day.ts';
import { GuaritaError } from '../../shared/errors.ts';
import { plainTable } from '../../shared/plain-table.ts';
import type { Base } from '../base/base.ts';
import { type DayFigures, dayFigures } from '../base/national-layer/day-figures.ts';
import { scoreOf } from '../treat/rules/score.ts';
import { ruleCodes } from '../words/rule-words.ts';
import { scoreText } from '../words/score-words.ts';

/** Days that are told where nothing is said, and at most. */
const [usual, most] = [30, 366];

export interface HistoryOptions {
  /** How many days, today included. */
  readonly days?: string | undefined;
  /** Findings of this one alone. */
  readonly rule?: string | undefined;
  readonly json: boolean;
}

/** How the findings of these sources were on each day on which they were treated. Throws `option-invalid`. */
export async function findingsHistory(
  base: Base,
  sources: readonly string[],
  { days = String(usual), rule, json }: HistoryOptions,
): Promise<string> {
  if (!/^[1-9]\d{0,2}$/.test(days) || Number(days) > most) {
    throw new GuaritaError('option-invalid', `--days: "${days}"; de 1 a ${most}.`);
  }
  const since = daysAgo(Number(days) - 1);
  const figures = await base.snapshot((questions) => dayFigures(questions, { sources, since, rule }));
  const known = rule === undefined || ruleCodes().includes(rule) || figures.some(({ open }) => open > 0);
  if (!known) throw new GuaritaError('option-invalid', `--rule: "${rule}"; há: ${ruleCodes().join(', ')}.`);
  return json ? historyJson(figures) : historyText(figures, sources, rule);
}

const scoreOn = ({ weight, rows }: DayFigures) => scoreOf(weight, rows);

function historyText(
  figures: readonly DayFigures[],
  sources: readonly string[],
  rule: string | undefined,
): string {
  if (sources.length === 0) return 'A base ainda não tem nada de estado nenhum.';
  const bySource = Map.groupBy(figures, ({ source }) => source);
  return sources
    .map((source) => {
      const days = bySource.get(source);
      if (days === undefined) return `${source}: não foi tratado nesses dias.`;
      return [trend(source, days, rule), tableOf(days, rule)].join('\n');
    })
    .join('\n\n');
}

/** From the first to the last of the days: so a state sees itself improve. */
function trend(source: string, days: readonly DayFigures[], rule: string | undefined): string {
  const [first, last] = [days[0] as DayFigures, days.at(-1) as DayFigures];
  const what = rule === undefined ? 'nota' : `achados de ${rule}`;
  const of = (figures: DayFigures) =>
    rule === undefined ? scoreText(scoreOn(figures)) : count.format(figures.open);
  const when = first === last ? `em ${dayText(last.day)}` : `de ${dayText(first.day)} a ${dayText(last.day)}`;
  const change = first === last ? of(last) : `${of(first)} → ${of(last)}`;
  return `${source}: ${what} ${change}, ${when}`;
}

function tableOf(days: readonly DayFigures[], rule: string | undefined): string {
  // A score is of all rules.
  const scored = rule === undefined;
  const table = plainTable(['dia', 'abertos', 'novos', 'resolvidos', ...(scored ? ['nota'] : [])], {
    colAligns: ['left', 'right', 'right', 'right', 'right'],
  });
  for (const figures of days) {
    const { day, open, opened, resolved } = figures;
    const counts = [open, opened, resolved].map((each) => count.format(each));
    table.push([dayText(day), ...counts, ...(scored ? [scoreText(scoreOn(figures))] : [])]);
  }
  return table.toString();
}

/** For programs: the score is of all rules. */
function historyJson(figures: readonly DayFigures[]): string {
  return JSON.stringify(
    figures.map((each) => {
      const { source, day, open, opened, resolved, rows, touched } = each;
      return { source, day, open, opened, resolved, rows, touched, score: scoreOn(each) };
    }),
  );
}
