import { placesOf } from '../tables/columns.ts';
import { openTable, type Table, type TableForm } from '../tables/table.ts';
import { tableFault } from '../tables/table-fault.ts';
import { Union } from '../treat/link/cluster/union.ts';
import type { Found, Truth } from '../treat/link/evaluate/evaluate.ts';
import type { LabelledPair } from '../treat/link/evaluate/quality.ts';
import { Texts } from './texts.ts';

/** What a file says: the truth of registers of another place, or what was found beside the truth. */
export type TruthFile =
  | { readonly has: 'truth'; readonly truthOf: (placeOf: ReadonlyMap<string, number>) => Promise<Truth> }
  | { readonly has: 'both'; readonly read: () => Promise<readonly [Found, Truth]> };

/**
 * Opens a file that tells the truth, by its columns: `a`, `b`, `same` of pairs; `id`, `person` of registers; with `truth`
 * also, `person` is what somebody found.
 *
 * @throws GuaritaError `table-invalid`, also while it is read: where a row contradicts others, tells of a register twice,
 *   or of one that is not there
 */
export async function openTruth(file: string, form: TableForm): Promise<TruthFile> {
  const table = await openTable(file, form);
  const has = (...names: readonly string[]): boolean => names.every((name) => table.header.includes(name));
  if (has('id', 'person', 'truth')) return { has: 'both', read: () => readBoth(table) };
  if (has('id', 'person')) return { has: 'truth', truthOf: (placeOf) => readOwners(table, placeOf) };
  if (has('a', 'b', 'same')) return { has: 'truth', truthOf: (placeOf) => readPairs(table, placeOf) };
  // It says which are there.
  placesOf(table, has('id') ? ['id', 'person'] : ['a', 'b', 'same']);
  throw tableFault(file, 'não tem as colunas de uma verdade.');
}

async function readBoth(table: Table): Promise<readonly [Found, Truth]> {
  const [idPlace = 0, personPlace = 0, truthPlace = 0] = placesOf(table, ['id', 'person', 'truth']);
  const [ids, groups, owners] = [new Texts(), new Texts(), new Texts()];
  const [groupOf, ownerOf]: [number[], number[]] = [[], []];
  for await (const { line, cells } of table.rows()) {
    if (ids.numberOf(cells[idPlace] ?? '') !== groupOf.length) throw twice(table, line);
    groupOf.push(groups.numberOf(given(table, line, cells, personPlace)));
    const owner = cells[truthPlace] ?? '';
    ownerOf.push(owner === '' ? -1 : owners.numberOf(owner));
  }
  holdsSome(table, groupOf.length);
  return [
    { groupOf, asked: [] },
    { of: 'registers', ownerOf },
  ];
}

async function readOwners(table: Table, placeOf: ReadonlyMap<string, number>): Promise<Truth> {
  const [idPlace = 0, personPlace = 0] = placesOf(table, ['id', 'person']);
  const ownerOf = new Int32Array(placeOf.size).fill(-1);
  const owners = new Texts();
  const unknown = new Unknown(table);
  let rows = 0;
  for await (const { line, cells } of table.rows()) {
    rows++;
    const place = placeOf.get(cells[idPlace] ?? '');
    if (place === undefined) {
      unknown.add(line);
      continue;
    }
    if (ownerOf[place] !== -1) throw twice(table, line);
    ownerOf[place] = owners.numberOf(given(table, line, cells, personPlace));
  }
  holdsSome(table, rows);
  unknown.check();
  return { of: 'registers', ownerOf };
}

async function readPairs(table: Table, placeOf: ReadonlyMap<string, number>): Promise<Truth> {
  const places = placesOf(table, ['a', 'b', 'same']);
  const unknown = new Unknown(table);
  const pairs: (LabelledPair & { readonly line: number })[] = [];
  for await (const { line, cells } of table.rows()) {
    const [first, second, said] = places.map((place) => cells[place] ?? '') as [string, string, string];
    const same = answerOf(said);
    if (same === null) throw tableFault(table.file, 'escreva sim ou não (1 ou 0).', { line, column: 'same' });
    const [a, b] = [placeOf.get(first), placeOf.get(second)];
    if (a === undefined || b === undefined) unknown.add(line);
    else if (a === b) throw tableFault(table.file, 'as duas colunas têm o mesmo id.', { line });
    else pairs.push({ a, b, same, line });
  }
  unknown.check();
  holdsSome(table, pairs.length);
  const union = new Union(placeOf.size);
  for (const { a, b, same } of pairs) if (same) union.join(a, b);
  const against = pairs.find(({ a, b, same }) => !same && union.find(a) === union.find(b));
  if (against !== undefined) {
    const wrong = 'diz que são duas pessoas, e outras linhas dizem que são uma só.';
    throw tableFault(table.file, wrong, { line: against.line });
  }
  return { of: 'pairs', pairs: pairs.map(({ a, b, same }) => ({ a, b, same })) };
}

const yes = new Set(['1', 'sim', 's', 'true', 't', 'yes', 'y', 'verdadeiro']);
const no = new Set(['0', 'nao', 'não', 'n', 'false', 'f', 'no', 'falso']);

function answerOf(text: string): boolean | null {
  const lower = text.toLowerCase();
  if (yes.has(lower)) return true;
  return no.has(lower) ? false : null;
}

/** Lines about registers that are not there: told once, by their number. */
class Unknown {
  readonly #table: Table;
  #lines = 0;
  #first = 0;

  constructor(table: Table) {
    this.#table = table;
  }

  add(line: number): void {
    if (this.#lines++ === 0) this.#first = line;
  }

  check(): void {
    if (this.#lines === 0) return;
    const many = this.#lines === 1 ? 'uma linha fala' : `${this.#lines} linhas falam`;
    throw tableFault(this.#table.file, `${many} de id que não existe; a primeira é esta.`, {
      line: this.#first,
    });
  }
}

function given(table: Table, line: number, cells: readonly string[], place: number): string {
  const text = cells[place] ?? '';
  if (text !== '') return text;
  throw tableFault(table.file, 'está vazia.', { line, column: table.header[place] ?? '' });
}

function twice({ file }: Table, line: number) {
  return tableFault(file, 'o id é o mesmo de uma linha anterior.', { line });
}

function holdsSome({ file }: Table, rows: number): void {
  if (rows === 0) throw tableFault(file, 'só tem o cabeçalho.');
}
