import { dayText } from '../../../../shared/day.ts';
import { type Html, html } from '../html.ts';

/** A value of a day, `2026-01-31`. */
export interface DayValue {
  readonly day: string;
  readonly value: number;
}

interface LineChart {
  /** What it shows, from when to when: read to who does not see it. The numbers are in the table beside it. */
  readonly title: string;
  /** The oldest first; two at the least. */
  readonly values: readonly DayValue[];
  /** At the top; the bottom is 0. */
  readonly most: number;
  readonly written: (value: number) => string;
}

const [width, height] = [640, 200];
const [left, right, top, bottom] = [64, 16, 12, 32];

/** A line through the days, at their distance from each other. */
export function lineChart({ title, values, most, written }: LineChart): Html | null {
  const [first, last] = [values[0], values.at(-1)];
  if (first === undefined || last === undefined || first.day === last.day) return null;
  const [from, until] = [Date.parse(first.day), Date.parse(last.day)];
  const x = (day: string) =>
    rounded(left + ((Date.parse(day) - from) / (until - from)) * (width - left - right));
  const y = (value: number) =>
    rounded(height - bottom - (Math.min(value, most) / Math.max(most, 1)) * (height - top - bottom));
  const points = values.map(({ day, value }) => `${x(day)},${y(value)}`).join(' ');
  return html`<svg class="grafico" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${title}">
  ${[0, most / 2, most].map(
    (
      value,
    ) => html`<line class="grade" x1="${left}" y1="${y(value)}" x2="${width - right}" y2="${y(value)}"></line>
  <text class="valor" x="${left - 8}" y="${y(value) + 5}" text-anchor="end">${written(value)}</text>`,
  )}
  <polyline class="linha" points="${points}"></polyline>
  ${values.map(({ day, value }) => html`<circle class="ponto" cx="${x(day)}" cy="${y(value)}" r="3"></circle>`)}
  <text class="valor" x="${left}" y="${height - 8}">${dayText(first.day)}</text>
  <text class="valor" x="${width - right}" y="${height - 8}" text-anchor="end">${dayText(last.day)}</text>
</svg>`;
}

function rounded(place: number): number {
  return Math.round(place * 10) / 10;
}
