import { randomUUID } from 'node:crypto';
import {
  closeSync,
  constants,
  existsSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { GuaritaError } from '../../shared/errors.ts';
import { Journal } from '../../shared/journal/journal.ts';
import { writeJournal } from '../../shared/journal/write-journal.ts';
import { readStateFile } from '../../shared/state-file.ts';
import type { AgentConfig } from '../config/config.ts';
import { asOwnerOf } from '../state/as-owner.ts';
import { stateFiles } from '../state/state.ts';
import { moveInPlace } from './durable-files.ts';

/**
 * Writes the journal into a file of its own, as it is exported: the state file that it is in also holds secrets, and
 * goes. The folder is the caller's afterwards, and nobody else's, so that the journal stays what it is. Returns the
 * file; null when there is neither. Throws `state-unsafe` when somebody else changed the folder meanwhile.
 */
export function keepJournal({ id, state }: Pick<AgentConfig, 'id' | 'state'>): string | null {
  if (!existsSync(state)) return null;
  const file = join(state, `guarita-agent-${id}.journal`);
  // Of a name that nobody can have put a link under, and written by way of what is open.
  const temporary = `${file}.${randomUUID()}.new`;
  const { O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY } = constants;
  const handle = openSync(temporary, O_WRONLY | O_CREAT | O_EXCL | (O_NOFOLLOW ?? 0), 0o600);
  try {
    // Kept before, by an uninstallation that was cut short.
    if (!asOwnerOf(state, () => writeJournalOf({ id, state }, handle))) return isKept(file) ? file : null;
    fsyncSync(handle);
    moveInPlace(temporary, file);
    takeOver(state);
    // While the folder was another's, anything could have come to lie under that name.
    const { dev, ino } = fstatSync(handle);
    const kept = lstatSync(file, { throwIfNoEntry: false });
    if (kept?.dev !== dev || kept.ino !== ino) throw new GuaritaError('state-unsafe', `"${file}".`);
    return file;
  } finally {
    closeSync(handle);
    rmSync(temporary, { force: true });
  }
}

/** False when there is none. */
function writeJournalOf({ id, state }: Pick<AgentConfig, 'id' | 'state'>, handle: number): boolean {
  const db = readStateFile(stateFiles(state).database);
  if (db === null) return false;
  try {
    const journal = new Journal(db, id, () => {
      throw new Error('it is only read');
    });
    writeJournal(journal, id, handle);
    return true;
  } finally {
    db.close();
  }
}

function isKept(file: string): boolean {
  const found = lstatSync(file, { throwIfNoEntry: false });
  return found?.isFile() === true && found.nlink === 1 && found.uid === process.getuid?.();
}

/** A folder becomes the caller's alone. */
export function takeOver(folder: string): void {
  const { O_DIRECTORY, O_NOFOLLOW, O_RDONLY } = constants;
  const handle = openSync(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  try {
    fchownSync(handle, process.getuid?.() ?? 0, process.getgid?.() ?? 0);
    fchmodSync(handle, 0o700);
  } finally {
    closeSync(handle);
  }
}
