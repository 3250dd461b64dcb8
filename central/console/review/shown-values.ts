import { municipalityName } from '../../../shared/cleaning/documents/municipality-table.ts';
import { dayText } from '../../../shared/day.ts';
import type { LinkedRegister } from '../../base/national-layer/link-registers.ts';
import { comparedValue } from '../../words/compared-values.ts';
import { labelOf } from './more-said.ts';

/** What is longer is cut: nobody compares it by eye. */
const longest = 300;

/** What a register says of a comparison, as people read it; null where it says nothing, or another one tells it. */
export function shownValue(comparison: string, register: LinkedRegister): string | null {
  const value = comparedValue(comparison, register);
  if (value === null) return null;
  switch (comparison) {
    case 'birth':
      return `${dayText(value)}${register.birthInferred ? ' (presumido)' : ''}`;
    case 'sex':
      return labelOf('sexo', value);
    case 'birthplace':
      return municipalityName(value) ?? value;
    case 'CPF':
      return value.replace(/^(\d{3})(\d{3})(\d{3})(\d{2})$/, '$1.$2.$3-$4');
    default:
      return shorten(value);
  }
}

function shorten(text: string): string {
  const characters = Array.from(text);
  return characters.length <= longest ? text : `${characters.slice(0, longest).join('')}…`;
}
