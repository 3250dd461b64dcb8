import type { DbaLogin, DbaSession } from '../dba-session.ts';
import { withPassword } from '../postgres-client/address.ts';
import { AddressedClient } from '../postgres-client/client.ts';
import type { PostgresConfig } from '../source-config.ts';
import { postgresError } from './errors.ts';

export async function postgresDba(
  { url }: PostgresConfig,
  { user, password }: DbaLogin,
): Promise<DbaSession> {
  const address = new URL(url);
  address.username = encodeURIComponent(user);
  const client = new AddressedClient({ connectionString: withPassword(address.toString(), password) });
  const failed = (error: unknown) => {
    throw postgresError(error);
  };
  await client.connect().catch(failed);
  return {
    run: async (statement) => void (await client.query(statement).catch(failed)),
    hosts: () => Promise.resolve([]),
    close: () => client.end(),
  };
}
