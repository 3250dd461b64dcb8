import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import type { Test } from 'tap';
import { madeUpRegisters } from '../../../scripts/linkage/registers.ts';
import { type CommandResult, runCommand } from '../../support/commands.ts';
import { temporaryParent } from '../../support/temporary-parent.ts';

export interface Scene {
  readonly folder: string;
  /** Writes a file; its path. */
  readonly write: (name: string, content: string | Uint8Array) => string;
  readonly link: (...args: readonly string[]) => Promise<CommandResult>;
}

/** A folder that is gone after the test, where files are linked. */
export function sceneOf(t: Test): Scene {
  const folder = mkdtempSync(join(temporaryParent(), 'guarita-link-files-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return {
    folder,
    write: (name, content) => {
      const file = join(folder, name);
      writeFileSync(file, content);
      return file;
    },
    link: (...args) => runCommand('central', ['link', ...args]),
  };
}

export const madeUpColumns =
  'id=id,name=nome,mother=mae,birth=nascimento:DD/MM/YYYY,sex=sexo,cpf=cpf,rg=rg,rg-uf=uf,birthplace=lugar';

/** Made-up registers as a state's spreadsheet might have them, with whose each is. */
export function madeUpCsv(seed: number, count: number): string {
  const rows = [...madeUpRegisters(seed, count)].map((row) => [
    ...[row.id, row.nome, row.nome_mae, row.data_nascimento?.split('-').toReversed().join('/'), row.sexo],
    ...[row.cpf, row.rg, row.rg_uf, row.naturalidade_ibge, String(row.person)],
  ]);
  const header = ['id', 'nome', 'mae', 'nascimento', 'sexo', 'cpf', 'rg', 'uf', 'lugar', 'pessoa'];
  return stringify([header, ...rows], { delimiter: ';' });
}

/** Nothing was made of it. */
export function isNothing(folder: string): boolean {
  return !existsSync(folder);
}
