import { GuaritaError } from '../../shared/errors.ts';
import type { Rule } from './rules/rule.ts';

/** Something that failed in a treatment and did not end it, for whoever keeps a log. */
export interface Trouble {
  /** Empty for what is of the nation. */
  readonly source: string;
  /** A view, a subject, or the step itself. */
  readonly part: string;
  /** The rule that could not look at something; null where a part was not done. */
  readonly rule: string | null;
  /** May quote a row: to be told as `describeError` does. */
  readonly error: unknown;
}

/** Tells of what fails in one treatment: of a rule once a source, however many keys it fails at. */
export class Troubles {
  readonly #signal: AbortSignal | undefined;
  readonly #tell: (trouble: Trouble) => void;
  readonly #rules = new Set<string>();

  constructor(signal: AbortSignal | undefined, tell: (trouble: Trouble) => void = () => {}) {
    this.#signal = signal;
    this.#tell = tell;
  }

  ruleFailed(source: string, part: string, { code, view }: Rule, error: unknown): void {
    const rule = `${code} ${view}`;
    const told = `${source} ${rule}`;
    if (this.#rules.has(told)) return;
    this.#rules.add(told);
    this.#tell({ source, part, rule, error });
  }

  /** The code of what stopped a part. Throws what stopped all of it: the signal's reason. */
  problemOf(source: string, part: string, error: unknown): string {
    if (this.#signal?.aborted === true) throw error;
    this.#tell({ source, part, rule: null, error });
    return error instanceof GuaritaError ? error.code : 'internal';
  }
}
