import { chownSync, closeSync, existsSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { readStateFile } from '../../shared/state-file.ts';
import type { AgentConfig } from '../config.ts';
import { moveInPlace } from './durable-files.ts';
import { stateFiles } from '../state.ts';

/**
 * Writes what was served into a file of its own, a JSON object a line: the state file that it is in also holds secrets,
 * and goes. Returns the file; null when nothing was ever served.
 */
export function keepJournal({ id, state }: Pick<AgentConfig, 'id' | 'state'>): string | null {
  const { database } = stateFiles(state);
  const file = join(state, `guarita-agent-${id}.journal`);
  const db = readStateFile(database);
  if (db === null) return existsSync(file) ? file : null;
  const temporary = `${file}.tmp`;
  const handle = openSync(temporary, 'w', 0o600);
  try {
    for (const entry of db.prepare('SELECT * FROM journal ORDER BY id').iterate()) {
      writeSync(handle, `${JSON.stringify(entry)}\n`);
    }
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
