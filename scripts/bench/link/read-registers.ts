import { createReadStream } from 'node:fs';
import { ptBr } from '../../../central/treat/link/locale/pt-br.ts';
import { type Registers, RegistersBuilder } from '../../../central/treat/link/registers/builder.ts';
import type { Register } from '../../../central/treat/link/registers/register.ts';
import { cleanRg } from '../../../shared/cleaning/documents/rg.ts';
import { cleanName } from '../../../shared/cleaning/text/name.ts';

export interface ReadRegisters {
  readonly registers: Registers;
  /** By place, whose it is. */
  readonly truth: Int32Array;
  /** Reading and cleaning, and of what was read, making columns. */
  readonly readSeconds: number;
  readonly buildSeconds: number;
}

/** Reads a file of made-up registers and cleans it as treatment does. */
export async function readRegisters(file: string, count: number): Promise<ReadRegisters> {
  const builder = new RegistersBuilder({ locale: ptBr, expected: count });
  const truth = new Int32Array(count);
  let [place, rest, buildMs] = [0, '', 0];
  const began = performance.now();
  for await (const chunk of createReadStream(file, { encoding: 'utf8', highWaterMark: 1 << 20 })) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    const read = lines.map((line) => {
      const { register, person } = registerOf(line);
      truth[place++] = person;
      return register;
    });
    const building = performance.now();
    for (const register of read) builder.add(register);
    buildMs += performance.now() - building;
  }
  const ending = performance.now();
  const registers = builder.done();
  buildMs += performance.now() - ending;
  const allMs = performance.now() - began;
  return { registers, truth, readSeconds: (allMs - buildMs) / 1000, buildSeconds: buildMs / 1000 };
}

/** A line of the file, cleaned, and whose it is. */
export function registerOf(line: string): { readonly register: Register; readonly person: number } {
  const [id = '', nome, mae, birth, sex, cpf, rg, rgUf, birthplace, person] = line.split('\t');
  const register: Register = {
    ...{ id, kind: 'custodiado', name: cleaned(nome, cleanName), mother: cleaned(mae, cleanName) },
    ...{ birth: given(birth), sex: given(sex), cpf: given(cpf), rg: cleaned(rg, cleanRg) },
    ...{ rgUf: given(rgUf), birthplace: given(birthplace) },
  };
  return { register, person: Number(person) };
}

function given(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}

function cleaned(text: string | undefined, clean: typeof cleanName): string | null {
  return text === undefined || text === '' ? null : clean(text, () => {});
}
