import { chownSync, closeSync, existsSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { journalLines } from '../../shared/journal/file.ts';
import { readStateFile } from '../../shared/state-file.ts';
import type { AgentConfig } from '../config/config.ts';
import { Journal } from '../journal/journal.ts';
import { stateFiles } from '../state/state.ts';
import { moveInPlace } from './durable-files.ts';

/**
 * Writes the journal into a file of its own, as it is exported: the state file that it is in also holds secrets, and
 * goes. Returns the file; null when there is neither.
 */
export function keepJournal({ id, state }: Pick<AgentConfig, 'id' | 'state'>): string | null {
  const file = join(state, `guarita-agent-${id}.journal`);
  const db = readStateFile(stateFiles(state).database);
  if (db === null) return existsSync(file) ? file : null;
  const temporary = `${file}.tmp`;
  const handle = openSync(temporary, 'w', 0o600);
  try {
    const journal = new Journal(db, id, () => {
      throw new Error('it is only read');
    });
    const header = { kind: 'guarita-journal' as const, agent: id, exported: new Date().toISOString() };
    for (const line of journalLines(header, journal.entries(), journal.heads())) writeSync(handle, line);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
    db.close();
  }
  // Its owner so far is about to be removed.
  chownSync(temporary, 0, 0);
  moveInPlace(temporary, file);
  return file;
}
