import { ufs } from '../../../shared/cleaning/documents/uf-table.ts';
import { wordsOfName } from '../../treat/names/words.ts';
import { type Births, readBirths } from './births.ts';
import { type Document, readDocument } from './documents.ts';

/** What stands beside a number and says which one it is. */
const labels = new Set([
  ...[
    'CPF',
    'RJI',
    'RG',
    'CI',
    'OAB',
    'INFOPEN',
    'PROCESSO',
    'PROC',
    'AUTOS',
    'N',
    'NO',
    'Nº',
    'N°',
    'SSP',
    'SDS',
  ],
  ...ufs,
]);

/** What somebody wrote in the one box. */
export interface Box {
  readonly words: readonly string[];
  readonly documents: readonly Document[];
  readonly births: Births | null;
}

/** Names, documents and a birth, in any order: `JOSÉ SILVA 1980`, `OAB/AL 1234`, `529.982.247-25`. */
export function readBox(text: string): Box {
  const nothing: Box = { words: [], documents: [], births: null };
  if (!/\d/.test(text)) return { ...nothing, words: nameWords(text) };
  const whole = readBirths(text);
  if (text.includes('/') && whole !== null && whole !== 'none') return { ...nothing, births: whole };
  const parts = text.split(/\s+/);
  const letters = parts.filter((part) => !/\d/.test(part) && !isLabel(part)).join(' ');
  if (nameWords(letters).length === 0) {
    const document = readDocument(text);
    return { ...nothing, documents: document === null ? [] : [document] };
  }
  const documents: Document[] = [];
  let births: Births | null = null;
  for (const part of parts.filter((one) => /\d/.test(one))) {
    const born = readBirths(part);
    if (born !== null && born !== 'none' && births === null) births = born;
    else documents.push(...[readDocument(part)].filter((one) => one !== null));
  }
  return { words: nameWords(letters), documents, births };
}

function isLabel(part: string): boolean {
  return part
    .toUpperCase()
    .split(/[/:.,-]/)
    .every((word) => word === '' || labels.has(word));
}

/** Words that a name can be found by: a letter alone is none. */
export function nameWords(text: string): string[] {
  return wordsOfName(text).filter((word) => word.length > 1);
}
