import { type Html, html } from '../html.ts';

/** What happened, in lanes below each other. Days are numbers: since 1970. */
export interface Timeline {
  readonly title: string;
  readonly lanes: readonly Lane[];
  /** Lanes that are not drawn, and things without a date. */
  readonly left: number;
  readonly undated: number;
  readonly today: number;
}

export interface Lane {
  readonly label: string;
  readonly spans?: readonly Span[];
  readonly marks?: readonly Mark[];
}

export interface Span {
  readonly from: number;
  readonly to: number;
  /** It goes on today; it has ended; only one of its ends is known. */
  readonly kind: 'open' | 'closed' | 'half';
  readonly words: string;
}

export interface Mark {
  readonly at: number;
  /** How many things at once. */
  readonly count: number;
  readonly words: string;
}

/** Pixels: places along the time are shares of the width, so that words keep their size on a small screen. */
const laneHeight = 44;
const axisHeight = 28;
/** Letters of a label that fit on the smallest screen. */
const longestLabel = 36;
const mostTicks = 5;

/**
 * The picture, with what its colours mean; the page has a table of the same beside it, by which it is told to whoever
 * does not see it. Null where nothing has a date.
 */
export function timeline({ title, lanes, left, undated, today }: Timeline): Html | null {
  const days = lanes.flatMap(({ spans = [], marks = [] }) => [
    ...spans.flatMap(({ from, to }) => [from, to]),
    ...marks.map(({ at }) => at),
  ]);
  if (days.length === 0) return null;
  const scale = scaleOf(Math.min(...days), Math.max(today, ...days));
  const height = lanes.length * laneHeight + axisHeight;
  const bottom = height - axisHeight;
  return html`<figure class="linha-do-tempo">
  <svg role="img" aria-label="${`${title}. A tabela abaixo diz o mesmo.`}" width="100%" height="${height}">
    ${ticksOf(scale).map(
      ({ day, label }) =>
        html`<line class="grade" x1="${scale.at(day)}" x2="${scale.at(day)}" y1="0" y2="${bottom + 4}"></line>
        <text class="tempo" x="${scale.at(day)}" y="${height - 8}">${label}</text>`,
    )}
    ${lanes.map((lane, index) => laneOf(lane, index * laneHeight, scale))}
  </svg>
  <figcaption>
    <ul class="legenda">
      <li>${key('vao-fechado')} Custódia que terminou</li>
      <li>${key('vao-aberto')} Custódia aberta, até hoje</li>
      <li>${key('vao-meio')} Só um dos dias é conhecido</li>
      <li><svg class="chave" width="14" height="14" aria-hidden="true"><circle class="marca-tempo" cx="7" cy="7" r="5"></circle></svg> Movimentação; com número, várias</li>
    </ul>
    ${left > 0 && html`<p class="discreto">As ${left} unidades mais antigas não cabem na figura: estão na tabela.</p>`}
    ${undated > 0 && html`<p class="discreto">Sem data, e por isso só na tabela: ${undated}.</p>`}
  </figcaption>
</figure>`;
}

const key = (kind: string): Html =>
  html`<svg class="chave" width="22" height="14" aria-hidden="true"><rect class="${kind}" x="1" y="2" width="20" height="10"></rect></svg>`;

interface Scale {
  readonly from: number;
  readonly to: number;
  /** A share of the width: `12.34%`. */
  at(day: number): string;
  share(days: number): number;
}

function scaleOf(first: number, last: number): Scale {
  // A little room, so that what is at an end is seen whole; never less than a month.
  const room = Math.max(30, (last - first) * 0.04);
  const [from, to] = [first - room / 2, last + room];
  const share = (days: number) => (days / (to - from)) * 100;
  return { from, to, share, at: (day) => `${share(day - from).toFixed(2)}%` };
}

function laneOf({ label, spans = [], marks = [] }: Lane, top: number, scale: Scale): Html {
  const shortLabel =
    label.length <= longestLabel
      ? label
      : `${Array.from(label)
          .slice(0, longestLabel - 1)
          .join('')}…`;
  return html`<text class="faixa" x="0" y="${top + 16}">${shortLabel}</text>
    <line class="grade" x1="0" x2="100%" y1="${top + laneHeight - 2}" y2="${top + laneHeight - 2}"></line>
    ${spans.map(({ from, to, kind, words }) => {
      const width = Math.max(0.8, scale.share(to - from)).toFixed(2);
      return html`<rect class="${spanClasses[kind]}" x="${scale.at(from)}" y="${top + 22}" width="${width}%" height="14"><title>${words}</title></rect>`;
    })}
    ${together(marks, scale).map(
      ({ at, count, words }) =>
        html`<circle class="marca-tempo" cx="${scale.at(at)}" cy="${top + 29}" r="5"><title>${words}</title></circle>
        ${count > 1 && html`<text class="quantos" x="${scale.at(at)}" y="${top + 20}">${count}</text>`}`,
    )}`;
}

const spanClasses = { open: 'vao-aberto', closed: 'vao-fechado', half: 'vao-meio' } as const;

/** Marks so close that they would hide each other, as one with their number. */
function together(marks: readonly Mark[], scale: Scale): readonly Mark[] {
  const room = (scale.to - scale.from) * 0.04;
  const joined: Mark[] = [];
  for (const mark of marks.toSorted((a, b) => a.at - b.at)) {
    const last = joined.at(-1);
    if (last === undefined || mark.at - last.at > room) joined.push(mark);
    else {
      const words = last.count === 1 ? `${last.words}; ${mark.words}` : last.words;
      joined[joined.length - 1] = { at: last.at, count: last.count + mark.count, words };
    }
  }
  return joined;
}

/** A few years, or months where there is less than two years. */
function ticksOf({ from, to }: Scale): { readonly day: number; readonly label: string }[] {
  const [first, last] = [dateOf(from), dateOf(to)];
  const months =
    (last.getUTCFullYear() - first.getUTCFullYear()) * 12 + last.getUTCMonth() - first.getUTCMonth();
  const step = steps.find((each) => months / each < mostTicks) ?? Math.ceil(months / mostTicks / 1200) * 1200;
  const ticks: { day: number; label: string }[] = [];
  const start = first.getUTCFullYear() * 12 + first.getUTCMonth();
  for (let month = Math.ceil((start + 1) / step) * step; ; month += step) {
    const date = new Date(0);
    date.setUTCFullYear(Math.floor(month / 12), month % 12, 1);
    const day = date.getTime() / 86_400_000;
    // What stands at the very edge would be cut off.
    if (day > to - (to - from) * 0.04) return ticks;
    const year = String(Math.floor(month / 12));
    if (day > from + (to - from) * 0.04) {
      ticks.push({
        day,
        label: step % 12 === 0 ? year : `${String((month % 12) + 1).padStart(2, '0')}/${year.slice(-2)}`,
      });
    }
  }
}

/** Months between two ticks. */
const steps = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200];

function dateOf(day: number): Date {
  return new Date(day * 86_400_000);
}
