/** How much there may be of something, and why that much. */
interface Most {
  readonly value: number;
  readonly source: string;
}

/**
 * What somebody who is signed in, or their browser by itself, could add to without end. All of these are this project's
 * own: set where ordinary work does not come to, so that whoever comes there is not at work.
 */
export const most = {
  /** Sessions of a person that are open: with one more the one that was used least lately ends. */
  sessions: {
    value: 10,
    source:
      'own: a browser at each desk and some that were left open; a session ends by itself after 12 hours',
  },
  /** Browsers from which somebody entered before: with one more the one of the longest ago is forgotten. */
  browsers: { value: 50, source: 'own: a new one a week for a year, as where browsers forget their cookies' },
  /** Purposes of a session. */
  cases: { value: 200, source: 'own: one every three and a half minutes of the 12 hours of a session' },
  /** Emergencies that a person declared on a day of Brasília and that nobody has reviewed. */
  emergencies: { value: 10, source: 'own: each is reviewed by a person within the deadline' },
  /** Questions of a kind that a session was asked and has not answered: with one more the first is no longer in force. */
  challenges: { value: 20, source: 'own: pages that are open beside each other' },
  /** Second factors that a person registers within a day, those that were removed included. */
  factors: { value: 20, source: 'own: twice as many as there may be at once' },
  /** Structures of a body that are open. */
  structures: { value: 500, source: 'own: a large secretariat with all of its units, four times over' },
  /** How deep a tree of structures is, its roots counted. */
  structureDepth: { value: 8, source: 'own: deeper ones are hard to read, and to be tied to' },
  /** What is changed of a body, its structures and collections on a day of Brasília. */
  structureChanges: {
    value: 2000,
    source: 'own: each of the most structures entered, moved and renamed once',
  },
  /** Collections of a body that are open. */
  collections: { value: 50, source: 'own: a set for each purpose that a body plans by' },
  /** Proposals of one person about the grants of a body that wait for somebody else. */
  grantProposals: { value: 20, source: 'own: more than a body has agreements; each waits ten days at most' },
  /** Requests for access that a person begins within a day when they are signed in, those that they gave up included. */
  requests: { value: 20, source: 'own: every role in a body, and the same in another' },
} as const satisfies Readonly<Record<string, Most>>;
