import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { connect } from 'node:net';
import { GuaritaError } from '../../errors.ts';
import type { DatabaseAddress } from '../../sources/engine.ts';
import type { SourceConfig } from '../../sources/source-config.ts';

/** How the database is reached, in Portuguese. */
export interface Route {
  readonly text: string;
}

const patienceMilliseconds = 10_000;

/**
 * Connects to where the database listens, and hangs up; of one that is a file, looks whether it can be read.
 * Throws `source-unavailable`, naming what the operating system says.
 */
export async function connectTo(address: DatabaseAddress | null, source: SourceConfig): Promise<Route> {
  if (address === null) {
    if (!('file' in source)) return { text: 'pelo próprio servidor (socket local)' };
    try {
      accessSync(source.file, constants.R_OK);
    } catch (error) {
      throw unreachable(`"${source.file}"`, error);
    }
    return { text: `arquivo "${source.file}"` };
  }
  const where = `${address.host}:${address.port}`;
  const signal = AbortSignal.timeout(patienceMilliseconds);
  const socket = connect({ host: address.host, port: address.port });
  try {
    await once(socket, 'connect', { signal });
  } catch (error) {
    throw unreachable(where, signal.aborted ? new Error('', { cause: error }) : error);
  } finally {
    socket.destroy();
  }
  return { text: `${where} aceita conexões` };
}

/** `ECONNREFUSED` and the like say more than any sentence about them to who has to mend it. */
function unreachable(where: string, error: unknown): GuaritaError {
  const { code = 'ETIMEDOUT' } = error as NodeJS.ErrnoException;
  return new GuaritaError('source-unavailable', `${where}: ${code}.`, { cause: error });
}
