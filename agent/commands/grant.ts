import { writeFileSync } from 'node:fs';
import { agreementTerm } from '../../shared/act.ts';
import { GuaritaError } from '../../shared/errors.ts';
import type { ProgramContext } from '../../shared/program.ts';
import { readPublicKey } from '../../shared/signing/keys.ts';
import { readAgentConfig } from '../config/read-config.ts';
import { beginAgreement } from '../enrolment/begin-agreement.ts';
import { withHome } from '../home.ts';

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

/**
 * Begins an agreement with a central that comes over plain HTTP on loopback, of which only the key is known: for a
 * trial on one machine. Everywhere else `init` does so, with certificates.
 */
export async function grant(options: GrantOptions, context: ProgramContext): Promise<void> {
  const config = readAgentConfig(options.config, context.environment);
  const all = config.views.map((view) => view.name);
  const views = options.views?.split(',') ?? all;
  const unknown = views.filter((name) => !all.includes(name));
  if (unknown.length > 0) throw new GuaritaError('view-unknown', `"${unknown.join('", "')}".`);
  const term = agreementTerm(options.begin, Number(options.months));
  const central = readPublicKey(options.central);
  const agreement = { act: options.act, term, views, central: { key: central, certificate: null } };
  const token = await withHome(config, (home) => beginAgreement(home, config.id, agreement));
  if (options.out === undefined) context.print(token);
  else writeFileSync(options.out, `${token}\n`, { mode: 0o600 });
}
