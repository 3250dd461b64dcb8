import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify/sync';
import { ptBr } from '../../../central/treat/link/locale/pt-br.ts';
import { readName } from '../../../central/treat/link/registers/read-name.ts';
import { matchForm } from '../../../shared/cleaning/match-form.ts';
import { registerOf } from './read-registers.ts';

const columns = [
  ...['unique_id', 'full_name', 'given', 'surnames', 'last', 'mother', 'mother_given', 'mother_surnames'],
  ...['mother_last', 'birth', 'sex', 'cpf', 'rg', 'birthplace', 'person'],
];
const rowsAtOnce = 5000;

/** Writes made-up registers as Splink is given them: cleaned as ours are, names in capitals, without marks and particles. */
export async function writeForSplink(file: string, into: string): Promise<void> {
  await pipeline(Readable.from(csvOf(file)), createWriteStream(into));
}

async function* csvOf(file: string): AsyncGenerator<string> {
  let rows: (string | number)[][] = [columns];
  let place = 0;
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const { register, person } = registerOf(line);
    const { birth, sex, cpf, rg, birthplace } = register;
    const [name, mother] = [wordsOf(register.name), wordsOf(register.mother)];
    rows.push([
      ...[place++, name.join(' '), name[0] ?? '', name.slice(1).join(' '), lastOf(name)],
      ...[mother.join(' '), mother[0] ?? '', mother.slice(1).join(' '), lastOf(mother)],
      ...[birth, sex, digitsOf(cpf), digitsOf(rg), birthplace].map((value) => value ?? ''),
      person,
    ]);
    if (rows.length < rowsAtOnce) continue;
    yield stringify(rows);
    rows = [];
  }
  yield stringify(rows);
}

function wordsOf(name: string | null | undefined): readonly string[] {
  return name === null || name === undefined ? [] : readName(matchForm(name), ptBr).words;
}

function lastOf(words: readonly string[]): string {
  return words.length > 1 ? (words.at(-1) ?? '') : '';
}

function digitsOf(number: string | null | undefined): string | null {
  return number?.replace(/[^\p{L}\p{N}]/gu, '') ?? null;
}
