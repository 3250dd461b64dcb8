import { mkdirSync } from 'node:fs';
import type { Test } from 'tap';
import type { CentralConfig } from '../../../central/config.ts';
import { adoptWhenKnown } from '../../../central/enrolment/adopt.ts';
import {
  type EnrolledSource,
  enrolledFile,
  readEnrolled,
  sourceFolder,
  writeRecord,
} from '../../../central/enrolment/enrolled-source.ts';
import { createInvitation } from '../../../central/enrolment/invite.ts';
import { centralIdentities, centralKeyFile } from '../../../central/identities.ts';
import { readFactsOf } from '../../../central/service/read-facts.ts';
import { createCertificate } from '../../../shared/signing/certificates.ts';
import { generateKeyPair } from '../../../shared/signing/keys.ts';
import { agedIdentity } from '../../support/aged-identity.ts';
import { temporaryFolder } from '../../support/sqlite-views.ts';

/** When central's next key takes the place of the present one. */
export async function adoption(t: Test): Promise<void> {
  const state = temporaryFolder(t);
  const config = { state } as CentralConfig;
  const identities = centralIdentities(config);
  const present = await identities.current();
  const next = await identities.prepare();
  enrols(state, 'AL', { centralKey: next.key.thumbprint });
  enrols(state, 'RO', { centralKey: present.key.thumbprint });
  const ended = { at: '2026-02-01T00:00:00.000Z', problem: 'grant-expired' };
  enrols(state, 'SE', { centralKey: present.key.thumbprint, ended });
  const presentKey = async () => (await identities.current()).key.thumbprint;

  t.match(await adoptWhenKnown(config), { enrolled: ['RO'] }, 'a state has yet to hear of it');
  t.equal(await presentKey(), present.key.thumbprint);
  const last = new Date(present.certificate.end.getTime() - 1000);
  t.match(await adoptWhenKnown(config, last), { enrolled: ['RO'] });
  t.equal(await presentKey(), present.key.thumbprint, 'as long as the present one is good');
  t.match(await adoptWhenKnown(config, present.certificate.end), { enrolled: ['RO'] });
  t.equal(await presentKey(), next.key.thumbprint, 'one that never hears of it holds up nobody');
  t.equal(await identities.next(), null);
  t.equal(
    readEnrolled(enrolledFile(state, 'RO')).centralKey,
    present.key.thumbprint,
    'it has to be enrolled',
  );

  await t.test('an invitation that is open is for the key that it names', async (t) => {
    const config = { state: temporaryFolder(t) } as CentralConfig;
    const identities = centralIdentities(config);
    const now = new Date();
    const term = { begin: now, end: new Date(now.getTime() + 86_400_000) };
    createInvitation(
      config.state,
      await identities.current(),
      { uf: 'SE', act: '1', term, views: ['custodiado'], from: [] },
      now,
    );
    const { key } = await identities.prepare();
    t.same(await adoptWhenKnown(config, now), { enrolled: [], invited: ['SE'] });
    t.not((await identities.current()).key.thumbprint, key.thumbprint);
    await adoptWhenKnown(config, new Date(now.getTime() + 31 * 86_400_000));
    t.equal((await identities.current()).key.thumbprint, key.thumbprint, 'nobody can answer it any more');
  });

  await t.test('status tells of each state when the certificate ends that it was told of', async (t) => {
    const state = temporaryFolder(t);
    const present = await agedIdentity(centralKeyFile({ state }), 'guarita-central', 680);
    const { pem, end } = await createCertificate(generateKeyPair(), 'guarita-agent');
    const next = await centralIdentities({ state }).prepare();
    const entries = [present, next].map(({ key }, index) => {
      const uf = ['RO', 'AL'][index] ?? '';
      enrols(state, uf, { centralKey: key.thumbprint, pem });
      return { uf, record: enrolledFile(state, uf), url: '-', schedule: '-' };
    });
    t.match(
      readFactsOf(state, entries).map(({ certificate }) => certificate),
      [
        { of: 'central', end: present.certificate.end },
        { of: 'agent', end },
      ],
    );
  });
}

/** Writes what central would hold of a state that was enrolled. */
export function enrols(
  state: string,
  uf: string,
  given: Partial<EnrolledSource> & { readonly pem?: string },
): void {
  const { pem = '-', ...changes } = given;
  mkdirSync(sourceFolder(state, uf), { recursive: true });
  writeRecord(enrolledFile(state, uf), {
    ...{ uf, url: 'https://127.0.0.1:1', agent: uf, enrolled: '2026-01-01T00:00:00.000Z', schedule: null },
    ...{ certificates: [{ pem, until: null }], grant: '-', centralKey: '-', ended: null },
    ...changes,
  });
}
