import Fastify from 'fastify';
import type { AgreementTerm } from '../../shared/act.ts';
import type { Agreement } from '../../shared/agreement/agreement.ts';
import type { PublicKey } from '../../shared/signing/keys.ts';
import type { AgentHome } from '../home.ts';
import { issueGrant, registerGrants } from '../http/grants.ts';
import type { ClientKey } from '../state/client-keys.ts';

interface NewAgreement {
  /** Number of the agreement (ACT). */
  readonly act: string;
  readonly term: AgreementTerm;
  readonly views: readonly string[];
  /** The central that may read, and the certificate that it shows. */
  readonly central: ClientKey;
}

/** Puts an agreement and its central in the place of any earlier ones; returns the grant. Throws `grant-too-large`, `state-unwritable`. */
export async function beginAgreement(
  home: AgentHome,
  id: string,
  { act, term, views, central }: NewAgreement,
): Promise<string> {
  const agreement: Agreement = {
    number: act,
    begin: term.begin.toISOString(),
    end: term.end.toISOString(),
    views: [...views],
    extensions: [],
    declared: 'active',
    reason: null,
  };
  // First: what cannot be granted begins nothing.
  const token = await grantFor(home, id, agreement, central.key);
  home.clientKeys.add(central);
  home.clientKeys.keepOnly(central.key.thumbprint);
  home.agreements.begin(agreement);
  return token;
}

/** A grant for the agreement as it stands, outside of an agent at work. */
export async function grantFor(
  home: AgentHome,
  id: string,
  agreement: Agreement,
  key: PublicKey,
): Promise<string> {
  const app = Fastify();
  try {
    await registerGrants(app, id, () => home.keys());
    await app.ready();
    const { number: act, begin, end, views } = agreement;
    const term = { begin: new Date(begin), end: new Date(end) };
    return issueGrant(app, { issuer: id, subject: 'SENAPPEN', act, term, views, key });
  } finally {
    await app.close();
  }
}
