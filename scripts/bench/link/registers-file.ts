import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { madeUpRegisters } from '../../linkage/registers.ts';

/** What each line has, in this order, between tabs; nothing for what is missing. The last is the truth. */
export const columns = [
  ...[
    'id',
    'nome',
    'nome_mae',
    'data_nascimento',
    'sexo',
    'cpf',
    'rg',
    'rg_uf',
    'naturalidade_ibge',
    'person',
  ],
] as const;

const linesAtOnce = 5000;

/** Writes made-up registers to a file, with whose each is. */
export async function writeRegisters(file: string, seed: number, count: number): Promise<void> {
  const out = createWriteStream(file);
  let lines: string[] = [];
  const flush = async (): Promise<void> => {
    if (!out.write(lines.join(''))) await once(out, 'drain');
    lines = [];
  };
  for (const row of madeUpRegisters(seed, count)) {
    const values = [
      ...[row.id, row.nome, row.nome_mae, row.data_nascimento, row.sexo, row.cpf, row.rg, row.rg_uf],
      ...[row.naturalidade_ibge, row.person],
    ];
    lines.push(`${values.map((value) => value ?? '').join('\t')}\n`);
    if (lines.length === linesAtOnce) await flush();
  }
  await flush();
  out.end();
  await finished(out);
}
