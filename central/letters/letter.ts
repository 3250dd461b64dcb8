import type { Transaction } from '../base/base.ts';
import type { TemporaryPassword } from '../console/access/temporary-password.ts';

/** What a letter says, and to whom. */
export interface Written {
  /** An address of mail. */
  readonly to: string;
  readonly subject: string;
  /** Lines of at most 76 characters read well everywhere; a link stands alone in its own. */
  readonly text: string;
  /** Of no use later. */
  readonly until: Date;
}

/** A secret that a letter carries: made before its transaction, and known to its addressee alone from then on. */
interface Secrets {
  nothing: null;
  /** Of a link: `secret` goes into its address, of which the base keeps `digest` (SHA-256). */
  link: { readonly secret: string; readonly digest: Buffer };
  password: TemporaryPassword;
}

export type Need = keyof Secrets;

export interface Moment<N extends Need> {
  readonly now: Date;
  /** When it was asked for. */
  readonly asked: Date;
  /** `https://console.gov.br`, for links. */
  readonly origin: string;
  /** The address of whoever answers people who are stuck; null where none is configured. */
  readonly help: string | null;
  readonly secret: Secrets[N];
}

/** A kind of letter: what it needs, and how it is written. */
export interface Letter<N extends Need = Need> {
  readonly needs: N;
  /**
   * Writes it, and puts down what it says to be so (the digest of its link, the hash of its password) in the same
   * transaction. Null where there is nobody to write to, or no use in it any more.
   * @param about the id of what it is about
   */
  write(tx: Transaction, about: string, moment: Moment<N>): Promise<Written | null>;
}

/** Declares one, so that its types are known. */
export function letter<N extends Need>(needs: N, write: Letter<N>['write']): Letter {
  // Whoever writes one makes its secret by what it needs.
  return { needs, write: (tx, about, moment) => write(tx, about, moment as Moment<N>) };
}

/** Of hours, as `until`. */
export function hoursAfter(now: Date, hours: number): Date {
  return new Date(now.getTime() + hours * 3_600_000);
}
