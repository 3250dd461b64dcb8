import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { type EnrolledSource, readEnrolled } from '../../../central/enrolment/enrolled-source.ts';
import { renewTrust } from '../../../central/enrolment/renew.ts';
import type { AgentSource } from '../../../central/sources/agent.ts';
import { paths, viewPath } from '../../../shared/protocol/paths.ts';
import { signDocument } from '../../../shared/signing/documents.ts';
import { type Identity, overlapDays } from '../../../shared/signing/identity.ts';
import type { KeyPair } from '../../../shared/signing/keys.ts';
import { testAgent } from '../../support/agent.ts';
import { ask, requireProblem } from '../../support/signed-requests.ts';
import { peopleSource, temporaryFolder } from '../../support/sqlite-views.ts';
import { identity } from './identity.ts';

const rows = viewPath('rows', 'custodiado');
const day = 86_400_000;

function succession(by: KeyPair, to: Identity, days = overlapDays): string {
  const now = Date.now();
  return signDocument(
    {
      kind: 'guarita-succession',
      issued: new Date(now).toISOString(),
      until: new Date(now + days * day).toISOString(),
      certificate: to.certificate.pem,
    },
    by,
  );
}

const renewal = (document: string | null) =>
  JSON.stringify({ succession: document, accepts: '0'.repeat(64) });

/** Who stole a key that was exchanged may use it as long as it is accepted, and can make nothing more of it. */
export async function successions(t: Test): Promise<void> {
  await t.test('T3: central’s keys, at the agent', async (t) => {
    const clock = { now: Date.now() };
    const agent = await testAgent(t, {
      ...{ source: peopleSource(t, 3), views: ['custodiado'], clock: () => clock.now },
    });
    const next = await identity('guarita-central');
    const thief = await identity('guarita-central');
    const own = succession(agent.centralKey, next, 10_000);
    const answer = await ask(agent, paths.renewal, { body: renewal(own) });
    t.equal(answer.status, 200);
    const { grant } = JSON.parse(answer.body.toString()) as { grant: string };
    const renewed = { ...agent, centralKey: next.key, grant };

    await t.test('a retired key says again what it said, and names no other', async (t) => {
      t.equal(
        (await ask(agent, paths.renewal, { body: renewal(own) })).status,
        200,
        'an answer that was lost',
      );
      const stolen = await ask(agent, paths.renewal, { body: renewal(succession(agent.centralKey, thief)) });
      await requireProblem(t, agent, stolen, 403, 'document-foreign');
      t.equal(agent.home.clientKeys.find(thief.key.thumbprint, clock.now), undefined);
      t.equal((await ask(renewed, rows)).status, 200);
    });
    await t.test('nor does a key of nobody', async (t) => {
      const forged = await ask(renewed, paths.renewal, { body: renewal(succession(thief.key, thief)) });
      await requireProblem(t, agent, forged, 403, 'document-foreign');
    });
    await t.test('however long the overlap is said to be, it ends', async (t) => {
      const old = { ...agent, grant: agent.issue({ end: new Date(clock.now + 900 * day) }) };
      t.equal((await ask(old, rows)).status, 200);
      clock.now += (overlapDays + 1) * day;
      const how = { now: new Date(clock.now) };
      await requireProblem(t, agent, await ask(old, rows, how), 401, 'signature-key-mismatch');
    });
  });

  await t.test('T3: a grant by a key that the agent has exchanged holds for the overlap', async (t) => {
    const clock = { now: Date.now() };
    const agent = await testAgent(t, {
      ...{ source: peopleSource(t, 3), views: ['custodiado'], clock: () => clock.now },
    });
    const old = agent.issue({ end: new Date(clock.now + 900 * day) });
    await agent.home.identities.prepare();
    const { key } = await agent.home.adopt();
    const now = () => ({ now: new Date(clock.now), grant: old });
    t.equal((await ask(agent, rows, now())).status, 200);
    clock.now += (overlapDays + 1) * day;
    await requireProblem(t, { key }, await ask(agent, rows, now()), 401, 'grant-invalid');
  });

  await t.test('T3: the agent’s keys, at central', async (t) => {
    const file = join(temporaryFolder(t), 'source.json');
    const first = await identity('guarita-agent AL');
    const second = await identity('guarita-agent AL');
    const third = await identity('guarita-agent AL');
    const thief = await identity('guarita-agent AL');
    const enrolled: EnrolledSource = {
      ...{ uf: 'AL', url: 'https://10.8.0.5:8443', agent: 'AL', enrolled: new Date().toISOString() },
      ...{ schedule: null, grant: 'a.b.c', centralKey: 'k', ended: null },
      certificates: [{ pem: first.certificate.pem, until: null }],
    };
    writeFileSync(file, JSON.stringify(enrolled));
    const told = (document: string) => {
      const agent = {
        renew: () => Promise.resolve({ grant: 'a.b.c', succession: document }),
        close: () => Promise.resolve(),
      };
      const open = () => agent as unknown as AgentSource;
      return renewTrust({ record: file, open, next: null, now: new Date() });
    };
    await told(succession(first.key, second, 10_000));
    await told(succession(first.key, second));
    const { certificates } = readEnrolled(file);
    t.same(
      certificates.map(({ pem }) => pem),
      [first, second].map(({ certificate }) => certificate.pem),
      'said again it changes nothing',
    );
    const until = Date.parse(certificates[0]?.until ?? '');
    t.ok(until < Date.now() + (overlapDays + 1) * day, 'the overlap ends');
    await t.rejects(told(succession(first.key, thief)), { code: 'document-foreign' }, 'a retired key');
    await t.rejects(told(succession(thief.key, thief)), { code: 'document-foreign' }, 'a key of nobody');
    await told(succession(second.key, third));
    t.equal(readEnrolled(file).certificates.at(-1)?.pem, third.certificate.pem);
  });
}
