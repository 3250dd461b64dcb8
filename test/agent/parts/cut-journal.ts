import type { Test } from 'tap';
import { openHome } from '../../../agent/home.ts';
import { entryHash, headBytes, noHash } from '../../../shared/journal/entry.ts';
import { verifyJournal } from '../../../shared/journal/verify.ts';
import { paths, viewPath } from '../../../shared/protocol/paths.ts';
import { type TestAgent, testAgent } from '../../support/agent.ts';
import { ask, requireProblem } from '../../support/signed-requests.ts';
import { peopleSource } from '../../support/sqlite-views.ts';

// Invariants 6 and 7 against who can write into the agent's files and lets the agent sign on.

const rows = viewPath('rows', 'custodiado');

const served = (t: Test, clock = Date.now) =>
  testAgent(t, { source: peopleSource(t, 3), views: ['custodiado'], clock });

/** The journal of an agent as a version would have left it that does not sign the end. */
function asOfVersionBefore({ home, state, key }: TestAgent): void {
  const [, ...entries] = home.journal.entries();
  state.exec('DELETE FROM journal_entry; DELETE FROM journal_head');
  const insert = state.prepare(
    'INSERT INTO journal_entry (id, at, kind, body, hash) VALUES (@id, @at, @kind, @body, @hash)',
  );
  const sign = state.prepare(
    `INSERT OR REPLACE INTO journal_head (day, id, hash, keyid, signature)
     VALUES (@day, @id, @hash, @keyid, @signature)`,
  );
  let before = noHash;
  for (const [at, { hash: _, ...rest }] of entries.entries()) {
    const entry = { ...rest, id: at + 1 };
    const hash = entryHash(before, entry);
    insert.run({ ...entry, hash });
    const head = { day: entry.at.slice(0, 10), id: entry.id, hash };
    const signature = key.sign(headBytes('AL', head)).toString('base64url');
    sign.run({ ...head, keyid: key.thumbprint, signature });
    before = hash;
  }
}

/** A row of the signed records, to be put back later. */
const kept = `CREATE TEMP TABLE kept AS SELECT * FROM signed_record WHERE name =`;
const putBack = 'INSERT OR REPLACE INTO signed_record SELECT * FROM kept';

export async function cutJournals(t: Test): Promise<void> {
  await t.test('J2: an agent does not write on where its journal was cut', async (t) => {
    for (const cut of [
      'DELETE FROM journal_entry WHERE id > 2',
      "DELETE FROM journal_entry; DELETE FROM journal_head WHERE day <> 'end'",
      `DELETE FROM journal_entry WHERE id > 2; UPDATE journal_head SET id = 2,
         hash = (SELECT hash FROM journal_entry WHERE id = 2)`,
      `DELETE FROM journal_entry WHERE id > 2; DELETE FROM journal_head WHERE day = 'end'`,
      `DELETE FROM journal_entry WHERE substr(at, 1, 10) > (SELECT min(day) FROM journal_head);
       DELETE FROM journal_head WHERE day > (SELECT min(day) FROM journal_head)`,
      `DELETE FROM journal_entry WHERE substr(at, 1, 10) > (SELECT min(day) FROM journal_head);
       DELETE FROM journal_head WHERE day > (SELECT min(day) FROM journal_head) AND day <> 'end';
       UPDATE journal_head SET id = 1, hash = (SELECT hash FROM journal_entry WHERE id = 1) WHERE day = 'end'`,
      `DELETE FROM journal_entry WHERE id = 1 OR substr(at, 1, 10) > (SELECT min(day) FROM journal_head);
       DELETE FROM journal_head WHERE day > (SELECT min(day) FROM journal_head)`,
      'DELETE FROM journal_entry; DELETE FROM journal_head',
    ]) {
      const clock = { now: Date.now() };
      const agent = await served(t, () => clock.now);
      for (let i = 0; i < 3; i++) {
        t.equal((await ask(agent, rows, { now: new Date(clock.now) })).status, 200);
        clock.now += 43_200_000;
      }
      agent.state.exec(cut);
      const asked = await ask(agent, rows, { now: new Date(clock.now) });
      await requireProblem(t, agent, asked, 503, 'state-altered');
      t.throws(() => agent.home.journal.event({ event: 'made-up' }), { code: 'state-altered' });
      const { journal } = agent.home;
      t.not(verifyJournal('AL', journal.entries(), journal.heads(), [agent.key]).faults.length, 0, cut);
    }
  });

  await t.test(
    'J2: what a version before has written is gone on with, and the journal says so',
    async (t) => {
      const agent = await served(t);
      t.equal((await ask(agent, paths.agent)).status, 200);
      asOfVersionBefore(agent);
      t.equal((await ask(agent, paths.agent)).status, 200);
      const { journal } = agent.home;
      const entries = [...journal.entries()];
      const { faults, endUnsignedTo } = verifyJournal('AL', entries, journal.heads(), [agent.key]);
      t.same([faults, endUnsignedTo], [[], 2]);
      t.same(JSON.parse(entries[2]?.body ?? ''), { event: 'journal-end-signed', after: 2 });
    },
  );

  await t.test('A1: an older signed row of the agreement that is put back is not believed', async (t) => {
    for (const also of ['', `DELETE FROM journal_entry WHERE body LIKE '%agreement-revoked%'`]) {
      const agent = await served(t);
      agent.state.exec(`${kept} 'agreement'`);
      agent.home.agreements.change({ event: 'revoked', reason: 'denúncia' });
      await requireProblem(t, agent, await ask(agent, rows), 403, 'agreement-revoked');
      agent.state.exec(`${putBack}; ${also}`);
      await requireProblem(t, agent, await ask(agent, rows), 503, 'state-altered');
      const again = await openHome({ id: 'AL', state: agent.folder });
      t.throws(() => again.agreements.state(), { code: 'state-altered' }, 'nor by a command');
      again.close();
    }
  });

  await t.test(
    'A1: what is read of record and journal is of one moment, whoever writes beside',
    async (t) => {
      const { home, folder } = await served(t);
      const beside = await openHome({ id: 'AL', state: folder });
      t.teardown(() => beside.close());
      const reads = home.journal.atOneMoment(() => {
        const before = home.journal.lastAgreementEvent();
        beside.agreements.change({ event: 'suspended', reason: null });
        return [before, home.journal.lastAgreementEvent()];
      });
      t.strictSame(reads[1], reads[0]);
      t.not(home.journal.lastAgreementEvent()?.id, reads[0]?.id, 'it was written meanwhile');
    },
  );

  await t.test('A1: every change that a state may declare is what the journal tells', async (t) => {
    const agent = await served(t);
    const { agreements } = agent.home;
    const until = new Date(Date.parse(agreements.get().end) + 86_400_000);
    agreements.change({ event: 'extended', until, document: '1º aditivo' });
    agreements.change({ event: 'suspended', reason: null });
    agreements.change({ event: 'resumed' });
    agreements.change({ event: 'suspended', reason: 'ofício' });
    t.equal(agreements.state(), 'suspended');
    agreements.change({ event: 'revoked', reason: 'denúncia' });
    t.equal(agreements.state(), 'revoked');
  });

  await t.test('A3: an older highest instant that is put back brings nothing to life', async (t) => {
    const clock = { now: Date.now() };
    const options = { source: peopleSource(t, 3), views: ['custodiado'], clock: () => clock.now };
    const agent = await testAgent(t, options);
    const begun = clock.now;
    const { end } = agent.home.agreements.get();
    agent.state.exec(`${kept} 'clock'`);
    clock.now = Date.parse(end) + 1000;
    await requireProblem(
      t,
      agent,
      await ask(agent, rows, { now: new Date(clock.now) }),
      403,
      'grant-expired',
    );
    agent.state.exec(putBack);
    clock.now = begun;
    const again = await openHome({ id: 'AL', state: agent.folder }, () => clock.now);
    t.equal(again.agreements.state(), 'ended');
    again.close();
  });

  await t.test('A3: a present that was accepted beside the agent at work holds', async (t) => {
    const clock = { now: Date.now() };
    const options = { source: peopleSource(t, 3), views: ['custodiado'], clock: () => clock.now };
    const agent = await testAgent(t, options);
    const begun = clock.now;
    clock.now += 2000 * 86_400_000;
    t.equal(agent.home.agreements.state(), 'ended', 'the clock is ahead');
    clock.now = begun + 1000;
    t.equal(agent.home.agreements.state(), 'ended', 'and was set right');
    const beside = await openHome({ id: 'AL', state: agent.folder }, () => clock.now);
    beside.instant.accept();
    beside.journal.event({ event: 'clock-accepted' });
    beside.close();
    t.equal(agent.home.agreements.state(), 'active');
    clock.now += 120_000;
    t.equal((await ask(agent, rows, { now: new Date(clock.now) })).status, 200);
  });
}
