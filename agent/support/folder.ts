import { lstatSync, opendirSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { megabytes } from './machine.ts';

/** What lies in the state folder, and how much more may. */
export function folderFacts(folder: string): object {
  const { bavail, bsize } = statfsSync(folder);
  const { mode, uid } = statSync(folder);
  return { livreMb: megabytes(bavail * bsize), modo: octal(mode), dono: uid, arquivos: filesIn(folder) };
}

function filesIn(folder: string): object[] {
  return namesIn(folder).map((nome) => {
    const { size, mode, uid, mtime } = lstatSync(join(folder, nome));
    return { nome, bytes: size, modo: octal(mode), dono: uid, mudado: mtime };
  });
}

function namesIn(folder: string): string[] {
  const names: string[] = [];
  const entries = opendirSync(folder);
  try {
    for (let entry = entries.readSync(); entry !== null; entry = entries.readSync()) names.push(entry.name);
  } finally {
    entries.closeSync();
  }
  return names.toSorted();
}

function octal(mode: number): string {
  return (mode & 0o777).toString(8);
}
