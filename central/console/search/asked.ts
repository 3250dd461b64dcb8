import { ufOf } from '../../../shared/cleaning/documents/uf-table.ts';
import { regime as regimes } from '../../../shared/dictionary/codes/custody.ts';
import { type Role, roles } from '../../../shared/dictionary/roles.ts';
import { wordsOfName } from '../../treat/names/words.ts';
import { type Births, bornAtAges, readBirths } from './births.ts';
import { nameWords, readBox } from './box.ts';
import type { Document } from './documents.ts';
import { filledIn, type SearchField, type SearchQuery } from './fields.ts';

/** What is looked for: all of it holds of whoever is found. */
export interface Asked {
  /** Of names, in their match form. */
  readonly words: readonly string[];
  readonly mother: readonly string[];
  /** Each may be any of several, as eleven digits may be a CPF or an RJI. */
  readonly documents: readonly Document[];
  readonly births: readonly Births[];
  /** `AL` */
  readonly state: string | null;
  /** Words of a unit's name. */
  readonly unit: readonly string[];
  readonly regime: string | null;
  readonly inCustody: boolean | null;
  readonly role: Role | null;
  /** Also what is only like what is asked for. */
  readonly wide: boolean;
}

/** What was wrong with what was filled in, by field, in words for whoever filled it in. */
export type SearchFaults = Readonly<Partial<Record<SearchField, string>>>;

/** Letters of a field, and words of a name, beyond which it is none. */
const [longest, mostWords] = [200, 12];

export interface ReadSearch {
  readonly asked: Asked;
  readonly faults: SearchFaults;
}

/** @param today `2026-01-31` */
export function readSearch(query: SearchQuery, today: string): ReadSearch {
  const filled = filledIn(query);
  const faults: Partial<Record<SearchField, string>> = {};
  const of = (name: SearchField): string => {
    const value = filled[name] ?? '';
    if (value.length <= longest) return value;
    faults[name] = `É longo demais: são ${value.length} letras, e cabem ${longest}.`;
    return '';
  };
  const box = readBox(of('q'));
  const words = (name: SearchField, found: readonly string[]) => {
    if (found.length <= mostWords) return found;
    faults[name] = `São palavras demais: ${found.length}, e cabem ${mostWords}.`;
    return [];
  };
  const births = readBirths(of('nascimento'));
  if (births === 'none') faults.nascimento = 'Escreva como 31/01/1980, 01/1980 ou 1980.';
  const ages = bornAtAges(of('idade_de'), of('idade_ate'), today);
  if (ages === 'none') faults.idade_de = 'Escreva idades em anos, de 0 a 130, a menor primeiro.';
  const state = of('estado') === '' ? null : ufOf(of('estado'));
  if (state === null && of('estado') !== '') faults.estado = 'Não há estado com esse nome.';
  const role = roles.find((each) => each === of('tipo')) ?? null;
  const regime = regimes.values.find(({ code }) => code === of('regime'))?.code ?? null;
  const inCustody = { sim: true, nao: false }[of('custodia')] ?? null;
  const asked: Asked = {
    words: words('q', box.words),
    mother: words('mae', nameWords(of('mae'))),
    documents: box.documents,
    births: [box.births, births, ages].filter((one) => one !== null && one !== 'none'),
    unit: words('unidade', wordsOfName(of('unidade'))),
    wide: query.parecidos === 'sim',
    ...{ state, regime, inCustody, role },
  };
  if (of('q') !== '' && box.words.length + box.documents.length === 0 && box.births === null) {
    faults.q = 'Escreva ao menos duas letras de um nome, ou o número de um documento.';
  }
  if (Object.keys(faults).length === 0 && !isEnough(asked)) {
    faults.q = 'Escreva um nome ou o número de um documento: só com os outros campos seriam pessoas demais.';
  }
  return { asked, faults };
}

/** Whether something is asked for that not everybody has. */
function isEnough({ words, mother, documents, births, unit }: Asked): boolean {
  const isDay = births.some(({ from, to }) => from === to);
  return words.length + mother.length + documents.length + unit.length > 0 || isDay;
}
