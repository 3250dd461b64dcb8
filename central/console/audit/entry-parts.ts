import { type Html, html } from '../html/html.ts';

/** What was asked for, as it was written down: each part with its name. */
export function termsPart(terms: string): Html {
  const { records, ...asked } = partsOf(terms);
  const said = Object.entries(asked).filter(
    ([, value]) => value !== null && value !== undefined && value !== '',
  );
  const shown = Array.isArray(records) ? records.filter((one) => typeof one === 'string') : [];
  return html`${
    said.length > 0 &&
    html`<dl class="fatos">${said.map(([name, value]) => html`<dt>${termNames[name] ?? name}</dt><dd>${valueText(value)}</dd>`)}</dl>`
  }${
    shown.length > 0 &&
    html`<p>Registros mostrados:</p><ul>${shown.map((id) => html`<li><code>${id}</code></li>`)}</ul>`
  }${said.length === 0 && shown.length === 0 && html`<p>Nada foi procurado.</p>`}`;
}

/** The same in a line, for a list. */
export function termsLine(terms: string | null): string {
  if (terms === null) return '';
  const { records: _shown, ...asked } = partsOf(terms);
  return Object.entries(asked)
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => `${termNames[name] ?? name}: ${valueText(value)}`)
    .join('; ');
}

const termNames: Readonly<Record<string, string>> = {
  reference: 'referência',
  words: 'palavras',
  day: 'dia',
  person: 'pessoa',
  body: 'órgão',
  event: 'acontecimento',
  purpose: 'finalidade',
  record: 'registro',
  entry: 'registro da auditoria',
};

function valueText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function partsOf(terms: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(terms);
  return typeof value === 'object' && value !== null ? { ...value } : { '?': value };
}
