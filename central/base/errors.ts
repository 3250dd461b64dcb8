import { GuaritaError } from '../../shared/errors.ts';
import type { ProblemCode } from '../../shared/problems/catalogue.ts';

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
];

/** An error of the base as ours; the database's own message, which may quote a row, stays beneath as the cause. */
export function baseError(error: unknown): GuaritaError {
  if (error instanceof GuaritaError) return error;
  const state = (error as { code?: unknown }).code;
  // A digit tells it from the system's own codes: EPIPE has five letters, too.
  if (typeof state === 'string' && /^(?=.*[0-9])[0-9A-Z]{5}$/.test(state)) {
    const code = byState.find(([prefix]) => state.startsWith(prefix))?.[1] ?? 'base-failed';
    return new GuaritaError(code, `SQLSTATE ${state}.`, { cause: error });
  }
  return new GuaritaError('base-unavailable', '', { cause: error });
}
