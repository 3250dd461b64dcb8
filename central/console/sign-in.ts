/** By what people enter, besides an account of this site. */
export interface SignIn {
  /** Null where it is not configured. */
  readonly loginUnico: LoginUnico | null;
}

/** How well gov.br knows who somebody is: 1 bronze, 2 silver, 3 gold. */
export type Level = 1 | 2 | 3;

/** What this site keeps until a browser comes back from Login Único. */
export interface BegunSignIn {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Who somebody is, as Login Único has shown it. */
export interface Identity {
  /** Eleven digits. */
  readonly cpf: string;
  /** Null where Login Único does not say it. */
  readonly level: Level | null;
  /** Whether they have shown a second factor there. */
  readonly factor: boolean;
  /** Only one that was verified there. */
  readonly email: string | null;
}

export interface LoginUnico {
  /** Where a browser goes to sign in, and what is to be kept until it comes back. */
  begin(): Promise<{ readonly goTo: string; readonly begun: BegunSignIn }>;
  /**
   * Who came back, by what they brought. Throws `govbr-stale`, `govbr-denied`, `govbr-unavailable`, `govbr-untrusted`,
   * `govbr-clock`, `govbr-proxy`, of which nothing tells who it was.
   */
  finish(begun: BegunSignIn, query: URLSearchParams): Promise<Identity>;
  /** The least that it takes for all of these roles. */
  levelFor(roles: readonly string[]): Level;
  /** Where a browser goes to sign out there, too. */
  signOutAt(): string;
}
