/** A limit of a rule, why it is that, and where that is from. */
interface Limit {
  readonly value: number;
  readonly source: string;
}

/**
 * The limits of the rules. Those that say "own" are this project's: no norm gives one, so they are set where a day of
 * ordinary work does not come to, and an auditor's words on each alarm are what they are to be judged by.
 */
export const limits = {
  /** So many times what is usual for somebody. */
  usualTimes: {
    value: 3,
    source: 'own: the median of their own days, so that one long day before does not hide the next',
  },
  /** And not fewer than this: three times little is still little. */
  usualLeast: { value: 60, source: 'own: one look every eight minutes of a working day' },
  /** So many days before it is known what is usual. */
  usualDays: { value: 5, source: 'own: a working week' },
  /** Percent of a quota. */
  quotaShare: { value: 80, source: 'own: while there is still time to ask before the quota stops the work' },
  /** Searches and records at night or on a weekend. */
  offHours: { value: 15, source: 'own: more than one matter of a person on call' },
  /** Who did so on as many days of the thirty before works then. */
  offHoursHabit: { value: 3, source: 'own: shifts are a habit, and not told of' },
  /** The night: hours of the day in Brasília. */
  nightFrom: { value: 22, source: 'CLT, art. 73, § 2º: from 22 h to 5 h' },
  nightTo: { value: 5, source: 'CLT, art. 73, § 2º: from 22 h to 5 h' },
  /** Different records in so many minutes. */
  latelyMinutes: { value: 10, source: 'own: a person reads; who gathers does not' },
  lately: { value: 150, source: 'own: seven full pages of results, in which nobody appears twice' },
  /** Refused requests in a day. */
  refusals: {
    value: 20,
    source: 'own: more than links that are out of date (OWASP ASVS 5, 16.3.2 asks that they are told)',
  },
  /** Failed tries to sign in, one behind the other. */
  signInFailures: { value: 20, source: 'own: long before the 100 of NIST SP 800-63B, 5.2.2' },
} as const satisfies Readonly<Record<string, Limit>>;
