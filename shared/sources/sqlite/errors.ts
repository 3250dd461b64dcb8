import Database from 'better-sqlite3';
import { faultOf } from '../../describe-error.ts';
import { GuaritaError } from '../../errors.ts';
import { sourceError } from '../source-error.ts';

/**
 * A driver error as ours. SQLite's messages may quote a value (a path in a JSON text), so what goes further, to the log
 * as well, is the code.
 */
export function sqliteError(error: unknown): GuaritaError {
  return sourceError(error, (driverError) => {
    const cause = faultOf(driverError);
    if (!(driverError instanceof Database.SqliteError))
      return new GuaritaError('source-unavailable', '', { cause });
    const unavailable = /^SQLITE_(CANTOPEN|BUSY|LOCKED|NOTADB|IOERR)/.test(driverError.code);
    return new GuaritaError(unavailable ? 'source-unavailable' : 'source-failed', `${driverError.code}.`, {
      cause,
    });
  });
}
