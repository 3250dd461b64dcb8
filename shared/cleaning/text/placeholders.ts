import { codeForm } from '../../dictionary/codes/code-form.ts';

/** What a text is, as far as it decides what stands for none: `NA` may be a wing and is no name. */
export type Sort = 'text' | 'name' | 'word';

/** In the place of any value, by letters and digits alone. */
const anywhere = stemsWithEndings(
  ['NAOCONST', ['A', 'AM', 'OU']],
  ['NADACONSTA', ['']],
  ['NAOINFORM', ['ADO', 'ADA', 'ADOS', 'ADAS', 'OU', 'A']],
  ['NAODECLAR', ['ADO', 'ADA', 'ADOS', 'ADAS', 'OU', 'A']],
  ['NAOIDENTIFIC', ['ADO', 'ADA']],
  ['NAOCADASTR', ['ADO', 'ADA']],
  ['NAOREGISTR', ['ADO', 'ADA']],
  ['NAOPREENCHID', ['O', 'A']],
  ['NAODISPONIVEL', ['']],
  ['NAOSEAPLICA', ['']],
  ['NAOAPLICAVEL', ['']],
  ['NAOSABE', ['', 'INFORMAR']],
  ['NAOSABID', ['O', 'A']],
  ['NAOSEI', ['']],
  ['NAOPOSSUI', ['']],
  ['NAOTEM', ['']],
  ['IGNORAD', ['O', 'A', 'OS', 'AS']],
  ['DESCONHECID', ['O', 'A', 'OS', 'AS']],
  ['INDETERMINAD', ['O', 'A']],
  ['INEXISTENTE', ['']],
  ['SEMINFORMAC', ['AO', 'OES']],
  ['SEMINFO', ['']],
  ['SEMREGISTRO', ['', 'S']],
  ['SEMDADOS', ['']],
  ['ADEFINIR', ['']],
  ['AINFORMAR', ['']],
  ['EMBRANCO', ['']],
  ['NUL', ['L', 'O', 'A']],
  ['NONE', ['']],
  ['UNDEFINED', ['']],
  ['NAODEFINID', ['O', 'A']],
);

/** In the place of a name, a document or a code, but not of a free text, which may be that. */
const ofWords = ['NC', 'NA', 'ND', 'NI', 'SI', 'SN', 'NAN', 'NENHUM', 'NENHUMA', 'VAZIO'];
/** How these are written in a free text. */
const initials = /^[NS][/.][CADIN]\.?$/i;

const whom = ['', 'NOME', 'NOMEDA', 'NOMEDO', 'PAI', 'MAE', 'NOMEDOPAI', 'NOMEDAMAE', 'GENITOR', 'GENITORA'];
const ofNames = new Set([
  ...whom.flatMap((who) => [...anywhere].map((words) => who + words)),
  ...ofWords,
  ...['SEMNOME', 'SEMPAI', 'SEMMAE', 'FILIACAOIGNORADA', 'FILIACAODESCONHECIDA', 'SEMALCUNHA', 'SEMAPELIDO'],
  ...['TESTE', 'TESTETESTE', 'FULANODETAL', 'FULANADETAL'],
]);
const ofCodes = new Set([...anywhere, ...ofWords]);

/** No name goes on like this, nor does a number: `NAO CONSTA NA CERTIDAO`. */
const beginnings = /^(?:NAO(?:CONSTA|INFORM|DECLAR|IDENTIFIC|REGISTR)|NADACONSTA|SEMINFORMAC)\D*$/;

/** The longest text that is looked at; what says more is not about a value that is missing. */
const longest = 60;

/** Of each three letters that a text may begin with: something that stands for none begins so. */
const gate = new Uint8Array(32 ** 3);
for (const words of [...ofNames, ...ofCodes]) gate[gateOf(words)] = 1;
for (let letter = 0; letter < 26; letter++) gate[letter * 1057] = 1;
// What begins with no letter, as `(NAO INFORMADO)` and `***`.
gate.fill(1, 26 << 10);

/** It stands for a value that is not known. Of a text that is cleaned. */
export function isPlaceholder(text: string, sort: Sort): boolean {
  if (text.length > longest || (text.length > 6 && gate[gateOf(text)] === 0)) return false;
  const bare = codeForm(text);
  if (bare === '') return isAsciiOnly(text);
  // All X, of a name all of one letter. As a text, X and XX may be numbers of a wing.
  const runs = sort === 'name' && bare.length > 2 && bare[0] !== undefined && bare[0] >= 'A' ? bare[0] : 'X';
  if (bare === runs.repeat(bare.length)) return bare.length > 2 || sort !== 'text';
  if (sort === 'text') return anywhere.has(bare) || initials.test(text);
  if (sort === 'word') return ofCodes.has(bare);
  return ofNames.has(bare) || beginnings.test(bare) || /^0+$/.test(bare);
}

/** Its first three letters as a number, any other character as 26 to 31. */
function gateOf(text: string): number {
  return (letterAt(text, 0) << 10) | (letterAt(text, 1) << 5) | letterAt(text, 2);
}

function letterAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code >= 0x61 && code <= 0x7a) return code - 0x61;
  if (code >= 0x41 && code <= 0x5a) return code - 0x41;
  // An A with a mark, as in NÃO.
  return (code >= 0xc0 && code <= 0xc4) || (code >= 0xe0 && code <= 0xe4) ? 0 : 26;
}

function isAsciiOnly(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}

function stemsWithEndings(
  ...words: readonly (readonly [stem: string, endings: readonly string[]])[]
): Set<string> {
  return new Set(words.flatMap(([stem, endings]) => endings.map((ending) => stem + ending)));
}
