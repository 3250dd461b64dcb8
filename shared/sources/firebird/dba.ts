import type { DbaLogin, DbaSession } from '../dba-session.ts';
import type { FirebirdConfig } from '../source-config.ts';
import { FirebirdAttachment } from './attachment.ts';
import { firebirdError } from './errors.ts';

export async function firebirdDba(
  { host, port, database, timeoutSeconds }: FirebirdConfig,
  { user, password }: DbaLogin,
): Promise<DbaSession> {
  const timeoutMillis = Math.min(timeoutSeconds, 10) * 1000;
  const failed = (error: unknown) => {
    throw firebirdError(error);
  };
  const options = { host, port, database, user, role: undefined, password, timeoutMillis };
  const attachment = await FirebirdAttachment.open(options).catch(failed);
  return {
    run: (statement) => attachment.execute(statement).catch(failed),
    hosts: () => Promise.resolve([]),
    close: () => Promise.resolve(attachment.end()),
  };
}
