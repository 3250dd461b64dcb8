import { join } from 'node:path';
import { withoutEscape } from '../../shared/csv-cell.ts';
import { GuaritaError } from '../../shared/errors.ts';
import { placesOf } from '../tables/columns.ts';
import { openTable } from '../tables/table.ts';
import type { AskedPair } from '../treat/link/evaluate/after-review.ts';
import type { Found } from '../treat/link/evaluate/evaluate.ts';
import { isRunFolder, runFiles } from './run-folder.ts';
import { Texts } from './texts.ts';

/** What an import found, with the places of its registers by their ids. */
export interface Run extends Found {
  readonly placeOf: ReadonlyMap<string, number>;
}

/** Reads a folder that an import made. @throws GuaritaError `option-invalid`, `table-invalid` */
export async function readRun(folder: string): Promise<Run> {
  if (!(await isRunFolder(folder))) {
    throw new GuaritaError('option-invalid', `--of: "${folder}" não é uma pasta feita por link import.`);
  }
  const persons = await openTable(join(folder, runFiles.persons));
  const [idPlace = 0, personPlace = 0] = placesOf(persons, ['id', 'person']);
  const [ids, groups] = [new Texts(), new Texts()];
  const groupOf: number[] = [];
  for await (const { cells } of persons.rows()) {
    ids.numberOf(withoutEscape(cells[idPlace] ?? ''));
    groupOf.push(groups.numberOf(cells[personPlace] ?? ''));
  }
  const placeOf = ids.numbers;
  const asked: AskedPair[] = [];
  const review = await openTable(join(folder, runFiles.review));
  const [aPlace = 0, bPlace = 0] = placesOf(review, ['a', 'b']);
  for await (const { cells } of review.rows()) {
    const [a, b] = [aPlace, bPlace].map((place) => placeOf.get(withoutEscape(cells[place] ?? '')));
    if (a !== undefined && b !== undefined) asked.push([a, b]);
  }
  return { placeOf, groupOf, asked };
}
