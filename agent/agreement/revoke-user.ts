import { loginOf, revocationScript } from '../../shared/database-scripts/revocation-script.ts';
import { asGuaritaError, GuaritaError } from '../../shared/errors.ts';
import { openAsDba, statementsOf } from '../../shared/sources/dba.ts';
import type { DbaLogin } from '../../shared/sources/dba-session.ts';
import type { AgentConfig } from '../config/config.ts';

/**
 * Takes the agent's user its access to the state database away, in the name of a DBA: what `revocationScript` shows.
 * Returns the statements that were run. Throws `source-login-refused`, `source-unavailable`, `source-failed`.
 */
export async function revokeUser(config: AgentConfig, login: DbaLogin): Promise<string[]> {
  const session = await openAsDba(config.source, login);
  const done: string[] = [];
  try {
    const { user } = loginOf(config.source);
    const hosts = await naming('mysql.user', session.hosts(user));
    for (const from of hosts.length === 0 ? [null] : hosts) {
      for (const statement of statementsOf(revocationScript(config, 'agent', from))) {
        await naming(statement, session.run(statement));
        done.push(statement);
      }
    }
  } finally {
    await session.close();
  }
  return done;
}

/** What an engine's error is when it reads views; here none is read. */
const ofStatement: ReadonlySet<string> = new Set(['source-failed', 'view-failing', 'view-missing']);

/**
 * Says of an error in what it was met. What a DBA's login may not do is no view of the agent's that is missing.
 * @param what a statement of the script, which holds no secret
 */
async function naming<T>(what: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const { code, detail, cause } = asGuaritaError(error);
    if (!ofStatement.has(code)) throw error;
    throw new GuaritaError('source-failed', `${detail} ${what.replaceAll(/\s+/g, ' ')}`, { cause });
  }
}
