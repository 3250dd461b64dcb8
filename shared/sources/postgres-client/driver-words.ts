/** What `pg` and its pool say of a connection in words of their own, which quote nothing. */
const ownWords = [
  /^SASL: SCRAM-SERVER-FIRST-MESSAGE: [\w -]+$/,
  /^Connection terminated(?: unexpectedly| due to connection timeout)?$/,
  /^(?:timeout expired|timeout exceeded when trying to connect|Query read timeout)$/,
  /^Client (?:has encountered a connection error|was closed) and is not queryable$/,
  /^The server does not support SSL connections$/,
  /^There was an error establishing an SSL connection$/,
];

/** The message of an error of the driver when it is one of these; undefined for any other. */
export function wordsOfDriver(error: unknown): string | undefined {
  const { message = '' } = error instanceof Error ? error : {};
  return ownWords.some((words) => words.test(message)) ? message : undefined;
}
