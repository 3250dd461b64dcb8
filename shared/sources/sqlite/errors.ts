import Database from 'better-sqlite3';
import { GuaritaError } from '../../errors.ts';

/**
 * A driver error as ours. SQLite's messages name tables and columns, never values, but they go no further than `cause`
 * all the same; what others are told is the code.
 */
export function sqliteError(error: unknown): GuaritaError {
  if (error instanceof GuaritaError) return error;
  // The reason of the signal that ends a question: a caller that hung up.
  if (error instanceof DOMException) return new GuaritaError('request-abandoned', '', { cause: error });
  if (error instanceof Database.SqliteError) {
    const unavailable = /^SQLITE_(CANTOPEN|BUSY|LOCKED|NOTADB|IOERR)/.test(error.code);
    return new GuaritaError(unavailable ? 'source-unavailable' : 'source-failed', `${error.code}.`, {
      cause: error,
    });
  }
  return new GuaritaError('source-unavailable', '', { cause: error });
}
