import { stat } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { StateFile } from '../../shared/state-file.ts';

/**
 * Whether an answer could leave right now: the port is open, the state file reads, and the threads that compress and
 * digest have one free. That the loop turns is shown by being called at all.
 */
export async function isAble(server: Pick<Server, 'listening'>, state: StateFile): Promise<boolean> {
  try {
    state.prepare('SELECT 1').get();
    await stat(state.name);
    return server.listening;
  } catch {
    return false;
  }
}
