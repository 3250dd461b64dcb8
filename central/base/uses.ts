import type { Use } from './base.ts';

export interface Limits {
  /** Most connections to a server at once. More are waited for, as long as for a new connection: at most ten seconds. */
  readonly connections: number;
  /** Most seconds for one statement; the whole, with the wait for a connection, has five more. */
  readonly timeoutSeconds: number;
}

/**
 * What each use may take of a server. Every use has its own connections, so that none waits for those of another:
 * pages are answered while all states are loaded and treatment reads for minutes.
 */
export const ownLimits = {
  /**
   * One job at a time, which reads by cursor and writes in steps, and two that look at how it goes on. The time is that
   * of one pass over the largest table (58 million visits: four minutes to type them, on a small server).
   */
  treating: { connections: 3, timeoutSeconds: 3600 },
  /**
   * A person who waits. A search takes 60 ms of the server at five million registers, so eight at once are more than
   * its processors can use; what takes longer than ten seconds is to be counted beforehand, not for each page.
   */
  pages: { connections: 8, timeoutSeconds: 10 },
} satisfies Record<Exclude<Use, 'loading'>, Limits>;

/** @param loading as the configuration says: a connection a state that is loaded at once, and one to spare */
export function limitsOf(loading: Limits): Readonly<Record<Use, Limits>> {
  return { loading, ...ownLimits };
}
