import { type Html, html, type Shown } from './html.ts';

export interface Column {
  readonly label: string;
  /** Numbers stand below each other, to the right. */
  readonly isNumber?: boolean;
}

export interface Table {
  /** What the table is of. */
  readonly caption: string;
  /** The first one names the row. */
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Shown[])[];
  /** Said instead of a table without rows. */
  readonly empty: string;
}

/**
 * A table, on a small screen a card for each row. It says what its parts are, since browsers take what is not shown as a
 * table for none.
 */
export function table({ caption, columns, rows, empty }: Table): Html {
  if (rows.length === 0) return html`<p>${empty}</p>`;
  return html`<div class="br-table"><table role="table">
  <caption>${caption}</caption>
  <thead role="rowgroup"><tr role="row">${columns.map(
    ({ label, isNumber }) =>
      html`<th role="columnheader" scope="col" class="${isNumber === true && 'numero'}">${label}</th>`,
  )}</tr></thead>
  <tbody role="rowgroup">${rows.map((row) => html`<tr role="row">${row.map((value, index) => cell(columns[index], value, index))}</tr>`)}</tbody>
</table></div>`;
}

function cell(column: Column | undefined, value: Shown, index: number): Html {
  if (column === undefined) throw new Error('A row has more cells than the table has columns.');
  const kind = column.isNumber === true && 'numero';
  // Within an element of its own, so that it stays one beside the name of its column.
  return index === 0
    ? html`<th role="rowheader" scope="row" class="${kind}" data-label="${column.label}"><span>${value}</span></th>`
    : html`<td role="cell" class="${kind}" data-label="${column.label}"><span>${value}</span></td>`;
}
