import { type ProblemCode, problemOf } from './problems/catalogue.ts';

/** Members of a problem: names and numbers. No secrets, no personal data. */
export type Members = Readonly<Record<string, string | number | readonly string[]>>;

interface Details {
  /** The error beneath. Logged by the edge, never sent to the other side. */
  readonly cause?: unknown;
  /** Seconds after which a retry makes sense, when the thrower knows. */
  readonly retryAfterSeconds?: number;
  /** Further members of the problem document (RFC 9457 section 3.2), e.g. `skewSeconds`. No secrets, no personal data. */
  readonly members?: Members;
  /** It was met by another process, which told of it: what lies beneath is in the log of that one. */
  readonly elsewhere?: boolean;
}

/**
 * The one error class of Guarita: a catalogued code and what this case adds to it.
 * Thrown where it happens, logged or printed once at the edge (HTTP error handler, `main.ts`).
 */
export class GuaritaError extends Error {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly retryAfterSeconds: number | undefined;
  readonly members: Members;
  readonly elsewhere: boolean;

  /** @param detail which thing, in words that hold no secret and no personal data; empty when the title says all. */
  constructor(code: ProblemCode, detail = '', details: Details = {}) {
    const { title } = problemOf(code);
    super(detail === '' ? title : `${title} ${detail}`, { cause: details.cause });
    this.name = 'GuaritaError';
    this.code = code;
    this.detail = detail;
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.members = details.members ?? {};
    this.elsewhere = details.elsewhere ?? false;
  }

  get retry(): 'later' | 'restart' | 'no' {
    return problemOf(this.code).retry;
  }
}

/** The error as a GuaritaError: itself, or wrapped under the given code. */
export function asGuaritaError(error: unknown, code: ProblemCode = 'internal'): GuaritaError {
  return error instanceof GuaritaError ? error : new GuaritaError(code, '', { cause: error });
}
