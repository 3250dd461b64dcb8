import { openAsDba, statementsOf } from '../../shared/sources/dba.ts';
import type { DbaLogin } from '../../shared/sources/dba-session.ts';
import type { AgentConfig } from '../config/config.ts';
import { loginOf, revocationScript } from './revocation-script.ts';

/**
 * Takes the agent's user its access to the state database away, in the name of a DBA: what `revocationScript` shows.
 * Returns the statements that were run. Throws `source-login-refused`, `source-unavailable`, `source-failed`.
 */
export async function revokeUser(config: AgentConfig, login: DbaLogin): Promise<string[]> {
  const session = await openAsDba(config.source, login);
  const done: string[] = [];
  try {
    const hosts = await session.hosts(loginOf(config.source).user);
    for (const from of hosts.length === 0 ? [null] : hosts) {
      for (const statement of statementsOf(revocationScript(config, from))) {
        await session.run(statement);
        done.push(statement);
      }
    }
  } finally {
    await session.close();
  }
  return done;
}
