import { writeFileSync } from 'node:fs';
import Fastify from 'fastify';
import { agreementTerm } from '../../shared/act.ts';
import { GuaritaError } from '../../shared/errors.ts';
import type { ProgramContext } from '../../shared/program.ts';
import { readOrCreateKeyPair, readPublicKey } from '../../shared/signing/keys.ts';
import { ClientKeys } from '../client-keys.ts';
import { issueGrant, registerGrants } from '../http/grants.ts';
import { readAgentConfig } from '../read-config.ts';
import { openAgentState, stateFiles } from '../state.ts';

export interface GrantOptions {
  readonly config: string;
  /** File with central's public key (JWK). */
  readonly central: string;
  readonly act: string;
  readonly begin: string;
  readonly months: string;
  readonly views?: string;
  readonly out?: string;
}

/** Issues a grant to a central: signed by this agent, for one agreement, usable by that central's key only. */
export async function grant(options: GrantOptions, context: ProgramContext): Promise<void> {
  const config = readAgentConfig(options.config, context.environment);
  const all = config.views.map((view) => view.name);
  const views = options.views?.split(',') ?? all;
  const unknown = views.filter((name) => !all.includes(name));
  if (unknown.length > 0) throw new GuaritaError('view-unknown', `"${unknown.join('", "')}".`);
  const term = agreementTerm(options.begin, Number(options.months));
  const central = readPublicKey(options.central);
  const state = openAgentState(config.state);
  const app = Fastify();
  try {
    await registerGrants(app, config.id, readOrCreateKeyPair(stateFiles(config.state).key));
    await app.ready();
    const request = { issuer: config.id, subject: 'SENAPPEN', act: options.act, term, views, key: central };
    const token = issueGrant(app, request);
    new ClientKeys(state).add(central);
    if (options.out === undefined) context.print(token);
    else writeFileSync(options.out, `${token}\n`, { mode: 0o600 });
  } finally {
    await app.close();
    state.close();
  }
}
