import { type ClientBase, DatabaseError } from 'pg';
import { isUndecodable } from './encoding.ts';

/**
 * Work that the server may refuse, in a savepoint of the transaction. Returns the error when it is one that was
 * expected, and then the transaction goes on; any other is thrown.
 */
export async function attempt(
  client: ClientBase,
  work: () => Promise<void>,
  isExpected: (error: DatabaseError) => boolean = isOfValue,
): Promise<DatabaseError | null> {
  await client.query('SAVEPOINT guarita_attempt');
  try {
    await work();
    await client.query('RELEASE SAVEPOINT guarita_attempt');
    return null;
  } catch (error) {
    if (!(error instanceof DatabaseError) || !isExpected(error)) throw error;
    await client.query('ROLLBACK TO SAVEPOINT guarita_attempt');
    return error;
  }
}

/** Whether it is about a value (SQLSTATE class 22). */
export function isOfValue(error: DatabaseError): boolean {
  return error.code?.startsWith('22') === true || isUndecodable(error);
}
