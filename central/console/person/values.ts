import { municipalityName } from '../../../shared/cleaning/documents/municipality-table.ts';
import { dayText } from '../../../shared/day.ts';
import type { StandardColumn } from '../../../shared/dictionary/columns.ts';
import { standardViews } from '../../../shared/dictionary/standard-views.ts';
import { shortened } from '../html/shortened.ts';

const columns = new Map(
  standardViews.flatMap((view) =>
    view.columns.map((column) => [`${view.name}.${column.name}`, column] as const),
  ),
);

/** Undefined where the dictionary has none of that name. */
export function columnOf(view: string, name: string): StandardColumn | undefined {
  return columns.get(`${view}.${name}`);
}

/** A typed value as people read it; null where there is none. @param value as JSON has it */
export function valueText(view: string, name: string, value: unknown): string | null {
  const whole = wholeText(view, name, value);
  return whole === null ? null : shortened(whole);
}

/** The same, however long it is. */
export function wholeText(view: string, name: string, value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value ? 'Sim' : 'Não';
  if (Array.isArray(value)) return value.length === 0 ? null : value.join('; ');
  if (typeof value === 'number') return value.toLocaleString('pt-BR', { maximumFractionDigits: 2 });
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text === '' ? null : formOf(columnOf(view, name), text);
}

function formOf(column: StandardColumn | undefined, text: string): string {
  switch (column?.kind) {
    case 'code':
      return column.codes?.values.find(({ code }) => code === text)?.label ?? text;
    case 'date':
    case 'birth-date':
      return dayText(text);
    case 'instant':
      return momentText(text);
    case 'cpf':
      return text.replace(/^(\d{3})(\d{3})(\d{3})(\d{2})$/, '$1.$2.$3-$4');
    case 'rji':
      return text.replace(/^(\d{9})(\d{2})$/, '$1-$2');
    case 'process-number':
      return text.replace(/^(\d{7})(\d{2})(\d{4})(\d)(\d{2})(\d{4})$/, '$1-$2.$3.$4.$5.$6');
    case 'municipality':
      return municipalityName(text) ?? text;
    default:
      return text;
  }
}

/** An instant of a state's own clock: 29/05/2023, 14:05. */
export function momentText(instant: string): string {
  return instant.replace(/^(\d{4,})-(\d\d)-(\d\d)[T ](\d\d:\d\d).*$/, '$3/$2/$1, $4');
}
