import { stateOf } from '../../shared/agreement/agreement.ts';
import { Agreements } from '../../shared/agreement/agreements.ts';
import { HighestInstant } from '../../shared/agreement/highest-instant.ts';
import { SignedRecords } from '../../shared/signed-records.ts';
import type { Identity } from '../../shared/signing/identity.ts';
import { ClientKeys } from '../state/client-keys.ts';
import { journalOf } from './journal.ts';
import type { StateAsIs } from './state-as-is.ts';

/** The agreement, as the agent itself believes it, without what people wrote as reasons. Throws `state-altered`. */
export function agreementFacts(state: StateAsIs): object | null {
  const { db, keys } = state;
  const records = new SignedRecords(db, () => keys);
  const journal = journalOf(state);
  const instant = new HighestInstant(records, Date.now, () => journal.lastAt());
  const agreement = new Agreements({ db, records, journal, instant }).find();
  if (agreement === null) return null;
  const behind = instant.behind();
  return {
    estado: stateOf(agreement, Date.now() + behind),
    numero: agreement.number,
    de: agreement.begin,
    ate: agreement.end,
    visoes: agreement.views,
    aditivos: agreement.extensions.map(({ until, at }) => ({ ate: until, em: at })),
    relogioAtrasadoMs: behind,
  };
}

/** Thumbprints and dates. */
export function keyFacts({ db, identity, next, keys }: StateAsIs): object {
  return {
    agente: factsOf(identity),
    proxima: next === null ? null : factsOf(next),
    anteriores: keys.retired.map(({ key }) => key.thumbprint),
    central: new ClientKeys(db).all(Date.now()).map(({ key, certificate }) => ({
      chave: key.thumbprint,
      certificado: certificate?.fingerprint ?? null,
      ate: certificate?.end ?? null,
    })),
  };
}

function factsOf({ key, certificate }: Identity): object {
  return { chave: key.thumbprint, certificado: certificate.fingerprint, ate: certificate.end };
}
