import { isRefused } from './errors.ts';

/** See `Transaction.attempt`. @param execute runs a statement of the transaction */
export async function attempt<T>(
  execute: (sql: string) => Promise<unknown>,
  part: () => Promise<T | null>,
): Promise<T | null> {
  await execute('SAVEPOINT attempt');
  let result: T | null;
  try {
    result = await part();
  } catch (error) {
    if (!isRefused(error)) throw error;
    result = null;
  }
  await execute(
    result === null
      ? 'ROLLBACK TO SAVEPOINT attempt; RELEASE SAVEPOINT attempt'
      : 'RELEASE SAVEPOINT attempt',
  );
  return result;
}
