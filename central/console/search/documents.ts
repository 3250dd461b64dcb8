import { cleanCpf } from '../../../shared/cleaning/documents/cpf.ts';
import { cleanOabNumber, ufOfOabNumber } from '../../../shared/cleaning/documents/oab-number.ts';
import { cleanProcessNumber } from '../../../shared/cleaning/documents/process-number.ts';
import { cleanRg } from '../../../shared/cleaning/documents/rg.ts';
import { cleanRji } from '../../../shared/cleaning/documents/rji.ts';
import { type DocumentColumn, documentForm } from '../../base/national-layer/search-keys.ts';

/** Something with a number, and all that it may be. */
export interface Document {
  /** As it was written. */
  readonly written: string;
  /** In the form in which each column has it (`documentForm`). */
  readonly columns: Readonly<Partial<Record<DocumentColumn, string>>>;
  /** Of an OAB without its state: of any. */
  readonly oabOfAny: string | null;
  /** Twenty digits. */
  readonly process: string | null;
}

const said = () => undefined;

/** What a text with digits may be; null where it is no document at all. */
export function readDocument(written: string): Document | null {
  const form = documentForm(written);
  if (form.length < 3 || !/\d/.test(form)) return null;
  const oab = readOab(written);
  if (/\bOAB\b/i.test(written)) return oab === null ? null : { written, process: null, ...oab };
  const named = /^\W*(CPF|RJI|RG|CI|INFOPEN)\b/i.exec(written)?.[1]?.toUpperCase();
  const bare = named === undefined ? written : written.replace(/^\W*[a-z]+\b[\W_]*/i, '');
  const is = (...names: readonly string[]) => named === undefined || names.includes(named);
  const rg = is('RG', 'CI') ? cleanRg(bare.toUpperCase(), said) : null;
  const other = documentForm(bare);
  const columns = Object.entries({
    cpf: is('CPF') ? cleanCpf(bare, said) : null,
    rji: is('RJI') ? cleanRji(bare, said) : null,
    rg: rg === null ? null : documentForm(rg),
    infopen: is('INFOPEN') ? other : null,
    registro_estadual: is() ? other : null,
  }).filter(([, value]) => value !== null && value !== '');
  const process = is() && form.length >= 16 ? cleanProcessNumber(bare, said) : null;
  return { written, columns: Object.fromEntries(columns), oabOfAny: null, process };
}

function readOab(written: string): Pick<Document, 'columns' | 'oabOfAny'> | null {
  const number = cleanOabNumber(written.toUpperCase(), said);
  if (number === null) return null;
  const uf = ufOfOabNumber(written);
  return uf === null
    ? { columns: {}, oabOfAny: number }
    : { columns: { oab: documentForm(`${uf} ${number}`) }, oabOfAny: null };
}
