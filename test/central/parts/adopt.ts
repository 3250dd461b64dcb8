import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import type { CentralConfig } from '../../../central/config.ts';
import { adoptWhenKnown } from '../../../central/enrolment/adopt.ts';
import { enrolledFile, readEnrolled, writeEnrolled } from '../../../central/enrolment/enrolled-source.ts';
import { centralIdentities } from '../../../central/identities.ts';
import { temporaryFolder } from '../../support/sqlite-views.ts';

/** When central's next key takes the place of the present one. */
export async function adoption(t: Test): Promise<void> {
  const state = temporaryFolder(t);
  const config = { state } as CentralConfig;
  const identities = centralIdentities(config);
  const present = await identities.current();
  const next = await identities.prepare();
  const enrols = (uf: string, centralKey: string, ended: { at: string; problem: string } | null = null) => {
    mkdirSync(join(state, 'sources', uf), { recursive: true });
    writeEnrolled(enrolledFile(state, uf), {
      ...{ uf, url: 'https://127.0.0.1:1', agent: uf, enrolled: '2026-01-01T00:00:00.000Z', schedule: null },
      ...{ certificates: [{ pem: '-', until: null }], grant: '-', centralKey, ended },
    });
  };
  enrols('AL', next.key.thumbprint);
  enrols('RO', present.key.thumbprint);
  enrols('SE', present.key.thumbprint, { at: '2026-02-01T00:00:00.000Z', problem: 'grant-expired' });
  const presentKey = async () => (await identities.current()).key.thumbprint;

  t.same(await adoptWhenKnown(config), ['RO'], 'a state has yet to hear of it');
  t.equal(await presentKey(), present.key.thumbprint);
  const last = new Date(present.certificate.end.getTime() - 1000);
  t.same(await adoptWhenKnown(config, last), ['RO']);
  t.equal(await presentKey(), present.key.thumbprint, 'as long as the present one is good');
  t.same(await adoptWhenKnown(config, present.certificate.end), ['RO']);
  t.equal(await presentKey(), next.key.thumbprint, 'one that never hears of it holds up nobody');
  t.equal(await identities.next(), null);
  t.equal(
    readEnrolled(enrolledFile(state, 'RO')).centralKey,
    present.key.thumbprint,
    'it has to be enrolled',
  );
}
