import { faultOf } from '../../shared/describe-error.ts';
import { GuaritaError } from '../../shared/errors.ts';
import type { ProblemCode } from '../../shared/problems/catalogue.ts';
import { wordsOfDriver } from '../../shared/sources/postgres-client/driver-words.ts';
import { type PostgresReport, postgresFault } from '../../shared/sources/postgres-client/fault.ts';

/** SQLSTATE classes and codes (PostgreSQL manual, appendix A) to our codes. */
const byState: readonly (readonly [prefix: string, code: ProblemCode])[] = [
  ['08', 'base-unavailable'],
  ['28', 'base-unavailable'],
  ['3D', 'base-unavailable'],
  ['53', 'base-unavailable'],
  ['57P', 'base-unavailable'],
  // COPY: a line that has not as many fields as the view has columns, is not UTF-8, or whose digest is no number.
  ['22', 'page-invalid'],
  // COPY: a line without a digest.
  ['23502', 'page-invalid'],
  // The merge: the same key twice in one page.
  ['23505', 'row-breaks-key'],
  // A row that does not fit a page of a table; a table with more columns than there may be.
  ['54000', 'row-too-wide'],
  ['54011', 'view-too-wide'],
];

/** An error of the base as ours; of the database's own message, which may quote a row, the cause has what may be logged. */
export function baseError(error: unknown): GuaritaError {
  if (error instanceof GuaritaError) return error;
  if (isReport(error)) {
    const { code: state } = error;
    const code = byState.find(([prefix]) => state.startsWith(prefix))?.[1] ?? 'base-failed';
    return new GuaritaError(code, `SQLSTATE ${state}.`, { cause: postgresFault(error) });
  }
  return new GuaritaError('base-unavailable', '', { cause: faultOf(error, wordsOfDriver(error)) });
}

/** Whether a row was refused, since it breaks a constraint of its table or does not fit it, or a lock. */
export function isRefused(error: unknown): boolean {
  return isReport(error) && (error.code.startsWith('23') || ['54000', '55P03'].includes(error.code));
}

/** Whether it is the server's, by whichever of the two drivers. */
function isReport(error: unknown): error is PostgresReport & { readonly code: string } {
  const { code } = error as { code?: unknown };
  // A digit tells it from the system's own codes: EPIPE has five letters, too.
  return typeof code === 'string' && /^(?=.*[0-9])[0-9A-Z]{5}$/.test(code);
}
