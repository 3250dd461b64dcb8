import { writtenMoment } from '../../../shared/day.ts';
import { type Html, html } from '../html/html.ts';
import { termNames } from './names.ts';
import { eventWords, purposeWords } from './words.ts';

/** What was asked for, as it was written down: each part with its name. */
export function termsPart(terms: string): Html {
  const { records, ...asked } = partsOf(terms);
  const said = saidOf(asked);
  const shown = Array.isArray(records) ? records.filter((one) => typeof one === 'string') : [];
  return html`${
    said.length > 0 &&
    html`<dl class="fatos">${said.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`
  }${
    shown.length > 0 &&
    html`<p>Registros mostrados:</p><ul>${shown.map((id) => html`<li><code>${id}</code></li>`)}</ul>`
  }${said.length === 0 && shown.length === 0 && html`<p>Nada foi procurado.</p>`}`;
}

/** The same in a line, for a list. @param hidden parts that the page tells already; @param withRecords those shown, too */
export function termsLine(terms: string | null, hidden: readonly string[] = [], withRecords = false): string {
  if (terms === null) return '';
  const left = withRecords ? hidden : [...hidden, 'records'];
  const asked = Object.entries(partsOf(terms)).filter(([name]) => !left.includes(name));
  return saidOf(Object.fromEntries(asked))
    .map(([name, value]) => `${name}: ${value}`)
    .join('; ');
}

/** What says something, by the words for it. */
function saidOf(asked: Readonly<Record<string, unknown>>): [string, string][] {
  return Object.entries(asked)
    .filter(([, value]) => value !== null && value !== undefined && value !== '' && !isEmpty(value))
    .map(([name, value]) => [
      Object.hasOwn(termNames, name) ? (termNames[name] as string) : name,
      valueWords(name, value),
    ]);
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function valueWords(name: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => valueWords('', one)).join(', ');
  if (typeof value !== 'string') return JSON.stringify(value);
  if (name === 'event') return eventWords(value);
  if (name === 'purpose') return purposeWords(value) ?? value;
  const isInstant = (name === 'from' || name === 'until') && !Number.isNaN(Date.parse(value));
  return isInstant ? writtenMoment(value) : value;
}

function partsOf(terms: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(terms);
  return typeof value === 'object' && value !== null ? { ...value } : { '?': value };
}
