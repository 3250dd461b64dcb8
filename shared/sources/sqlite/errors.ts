import Database from 'better-sqlite3';
import { faultOf } from '../../describe-error.ts';
import { GuaritaError } from '../../errors.ts';
import type { ProblemCode } from '../../problems/catalogue.ts';
import { sourceError } from '../source-error.ts';

/** SQLite's result codes to ours; SQLITE_ERROR is what an expression fails with. */
const byCode: readonly (readonly [codes: RegExp, problem: ProblemCode])[] = [
  [/^SQLITE_(CANTOPEN|BUSY|LOCKED|NOTADB|IOERR)/, 'source-unavailable'],
  [/^SQLITE_(ERROR|MISMATCH|TOOBIG)$/, 'view-failing'],
];

/**
 * A driver error as ours. SQLite's messages may quote a value (a path in a JSON text), so what goes further, to the log
 * as well, is the code.
 */
export function sqliteError(error: unknown): GuaritaError {
  return sourceError(error, (driverError) => {
    const cause = faultOf(driverError);
    if (!(driverError instanceof Database.SqliteError))
      return new GuaritaError('source-unavailable', '', { cause });
    const { code } = driverError;
    const problem = byCode.find(([codes]) => codes.test(code))?.[1] ?? 'source-failed';
    return new GuaritaError(problem, `${code}.`, { cause });
  });
}
