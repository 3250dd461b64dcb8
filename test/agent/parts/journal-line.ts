import { closeSync, cpSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { compareReceipts } from '../../../central/receipts/compare.ts';
import { AgentSource } from '../../../central/sources/agent.ts';
import { wholeSource } from '../../../central/state/attentions.ts';
import { type CentralState, centralStateFile, openCentralState } from '../../../central/state/state.ts';
import { endBytes, endOfJournal, headBytes } from '../../../shared/journal/entry.ts';
import { writeJournal } from '../../../shared/journal/write-journal.ts';
import { mendStateFile } from '../../../shared/state-file.ts';
import { type TestAgent, testAgent } from '../../support/agent.ts';
import { peopleSource, temporaryFolder } from '../../support/sqlite-views.ts';
import { temporaryParent } from '../../support/temporary-parent.ts';

// Invariant 7 against who has the agent's folder, and its key with it: only central can see that its journal goes on
// from another copy. Real agents over loopback, asked as a run asks them.

interface Scene {
  readonly folder: string;
  readonly state: CentralState;
  /** Asks an agent as a run does: what is waited for first, then a page. */
  ask(agent: TestAgent): Promise<unknown>;
  readonly agent: TestAgent;
  /** The folder of an agent as it is now; without one, of the first. */
  copy(of?: TestAgent): string;
  /** Another agent with a folder, the same key in it. */
  again(folder: string): Promise<TestAgent>;
}

async function scene(t: Test): Promise<Scene> {
  const views = ['custodiado'];
  const folder = temporaryFolder(t);
  const state = openCentralState(folder);
  t.teardown(() => state.close());
  const agent = await testAgent(t, { source: peopleSource(t, 5), views });
  return {
    ...{ folder, state, agent },
    copy: (of = agent) => {
      const folder = mkdtempSync(join(temporaryParent(), 'guarita-copy-'));
      t.teardown(() => rmSync(folder, { recursive: true, force: true }));
      cpSync(of.folder, folder, { recursive: true });
      return folder;
    },
    again: (folder) =>
      testAgent(t, {
        ...{ source: peopleSource(t, 5), views, begins: false },
        from: { folder, centralKey: agent.centralKey },
      }),
    ask: async (one) => {
      state.journals.settle('AL');
      const source = new AgentSource({
        ...{ url: one.url, key: one.centralKey, agentKeys: [agent.key, one.key], grant: one.grant },
        ...{ timeoutSeconds: 60, maxBytes: 1024 * 1024 },
        heldEntry: () => state.journals.held('AL'),
        onReceipt: (view, receipt) => state.journals.receive(null, 'AL', view, receipt),
      });
      try {
        return await source.page('custodiado', { after: null, until: null });
      } finally {
        await source.close();
      }
    },
  };
}

/** Central's receipts, perhaps after somebody was at them, beside the journal that an agent exports. */
async function compared(t: Test, { folder }: Scene, { home, key }: TestAgent, first = '') {
  const file = join(folder, 'AL.journal');
  const handle = openSync(file, 'w');
  writeJournal(home.journal, 'AL', handle);
  closeSync(handle);
  const db = mendStateFile(centralStateFile(folder));
  t.teardown(() => db.close());
  db.exec(first);
  return compareReceipts({ db, source: 'AL', agent: 'AL', keys: [key], file });
}

const doubtOf = ({ state }: Scene) => state.attentions.ofSource('AL');

export async function journalLines(t: Test): Promise<void> {
  await t.test('J5: an agent that goes on fits, whatever it does beside', async (t) => {
    const of = await scene(t);
    for (let i = 0; i < 3; i++) {
      await of.ask(of.agent);
      of.agent.home.journal.event({ event: 'of-a-test' });
    }
    t.same(doubtOf(of), []);
    t.equal(of.state.journals.proof('AL'), 'proved');
    const held = of.state.journals.held('AL');
    t.equal(of.agent.home.journal.hashAt(held?.id ?? 0), held?.hash);
  });

  await t.test('J6: two agents with one copied folder', async (t) => {
    const of = await scene(t);
    await of.ask(of.agent);
    const other = await of.again(of.copy());
    await of.ask(of.agent);
    other.home.journal.event({ event: 'of-a-test' });
    await t.rejects(of.ask(other), { code: 'journal-forked' });
    await t.rejects(of.ask(of.agent), { code: 'journal-forked' }, 'nothing is asked until it is decided');
    const [doubt] = doubtOf(of);
    t.match(doubt, { view: wholeSource, code: 'journal-forked', decision: null });
    const [kept] = of.state.journals.breaks('AL');
    t.match(kept, { code: 'journal-forked', accepted: null });
    t.equal(kept?.held.hash, of.agent.home.journal.hashAt(kept?.held.id ?? 0));
    t.equal(kept?.told, other.home.journal.hashAt(kept?.held.id ?? 0));

    await t.test('refused: the line that is held goes on, and no other', async (t) => {
      of.state.attentions.decide('AL', wholeSource, 'refused');
      for (let i = 0; i < 3; i++) await t.rejects(of.ask(other), { code: 'journal-forked' });
      t.match(doubtOf(of), [{ decision: 'refused' }], 'it is not asked about again');
      t.equal(of.state.journals.breaks('AL').length, 1, 'and told once, from the first to the last');
      await of.ask(of.agent);
      t.same(doubtOf(of), []);
      const { breaks, line, disagreements, settled } = await compared(t, of, of.agent);
      t.match(breaks, [{ outcome: 'refused' }]);
      t.same([line, disagreements], [[], []], 'what is over is no disagreement');
      t.ok(settled > 0, 'and told');
    });
    await t.test('accepted: the other line goes on, both records are kept', async (t) => {
      await t.rejects(of.ask(other), { code: 'journal-forked' });
      of.state.attentions.decide('AL', wholeSource, 'accepted');
      await of.ask(other);
      await of.ask(other);
      t.same(doubtOf(of), []);
      t.equal(of.state.journals.breaks('AL').filter(({ accepted }) => accepted !== null).length, 1);
      t.match((await compared(t, of, other)).breaks, [{ outcome: 'refused' }, { outcome: 'accepted' }]);
      await t.rejects(of.ask(of.agent), { code: /^journal-(?:forked|cut)$/u }, 'and the first one no more');
    });
  });

  await t.test('J6: two that answer at once from one copy', async (t) => {
    const of = await scene(t);
    const other = await of.again(of.copy());
    const results = await Promise.allSettled([of.ask(of.agent), of.ask(other)]);
    t.match(
      results.map(({ status }) => status).toSorted((a, b) => a.localeCompare(b)),
      ['fulfilled', 'rejected'],
      'they give entries of one number',
    );
    t.match(doubtOf(of), [{ code: 'journal-forked' }]);
  });

  await t.test('J6: a folder that was put back', async (t) => {
    const of = await scene(t);
    const folder = of.copy();
    for (let i = 0; i < 3; i++) await of.ask(of.agent);
    const restored = await of.again(folder);
    await t.rejects(of.ask(restored), { code: 'journal-cut' });
    of.state.attentions.decide('AL', wholeSource, 'accepted');
    await of.ask(restored);
    await of.ask(restored);
    t.same(doubtOf(of), []);
  });

  await t.test('J6: a journal that was cut, its end signed anew', async (t) => {
    const of = await scene(t);
    for (let i = 0; i < 3; i++) await of.ask(of.agent);
    // What only who has the key can do: all of it anew, as if the last two answers had never been.
    const { state: db, home } = of.agent;
    db.exec('DELETE FROM journal_entry WHERE id > 3; DELETE FROM journal_head');
    const { hash } = db.prepare('SELECT hash FROM journal_entry WHERE id = 3').get() as { hash: string };
    const key = home.identity().key;
    const day = { day: new Date().toISOString().slice(0, 10), id: 3, hash };
    const sign = db.prepare('INSERT INTO journal_head VALUES (@day, @id, @hash, @keyid, @signature)');
    for (const [head, bytes] of [
      [day, headBytes('AL', day)],
      [{ ...day, day: endOfJournal }, endBytes('AL', day, 2)],
    ] as const) {
      sign.run({ ...head, keyid: key.thumbprint, signature: key.sign(bytes).toString('base64url') });
    }
    await t.rejects(of.ask(of.agent), { code: 'journal-cut' });
  });

  await t.test('J4: a copy of the agent is told as one, also where its receipts are gone', async (t) => {
    for (const gone of ['id = 0', 'id = 2', 'id > 1']) {
      const of = await scene(t);
      await of.ask(of.agent);
      const other = await of.again(of.copy());
      await of.ask(other);
      await t.rejects(
        of.ask(of.agent),
        { code: 'journal-forked' },
        'it does not have what the other one answered',
      );
      const { journal, line, breaks } = await compared(t, of, of.agent, `DELETE FROM receipt WHERE ${gone}`);
      t.same(journal.faults, [], 'by itself it is sound');
      t.match(breaks, [{ code: 'journal-forked', outcome: 'open' }]);
      if (gone !== 'id > 1') t.match(line, [{ kind: 'forked' }], gone);
    }
  });

  await t.test(
    'J5: another agent that was enrolled in its place, after a break that nobody had decided',
    async (t) => {
      const of = await scene(t);
      await of.ask(of.agent);
      const other = await of.again(of.copy());
      await of.ask(of.agent);
      await t.rejects(of.ask(other), { code: 'journal-forked' });
      of.state.journals.begin('AL', of.state.journals.lastReceipt('AL'));
      const anew = await testAgent(t, { source: peopleSource(t, 5), views: ['custodiado'] });
      for (let i = 0; i < 2; i++) await of.ask(anew);
      const { breaks, line, disagreements, journal, settled } = await compared(t, of, anew);
      t.match(breaks, [{ outcome: 'enrolled-anew' }]);
      t.same([line, disagreements, journal.faults], [[], [], []]);
      t.ok(settled > 0);
    },
  );

  await t.test('J6: an agent that proves nothing any more', async (t) => {
    const of = await scene(t);
    await of.ask(of.agent);
    const { journals } = of.state;
    t.throws(() => journals.receive(null, 'AL', null, answerOfVersion1), { code: 'journal-cut' });
    const fresh = openCentralState(temporaryFolder(t));
    fresh.journals.receive(null, 'AL', null, answerOfVersion1);
    t.equal(fresh.journals.proof('AL'), 'unproved');
    t.equal(fresh.journals.held('AL'), null);
    fresh.close();
  });
}

const answerOfVersion1 = {
  ...{ keyid: 'k', publicKey: Buffer.alloc(32), signature: Buffer.alloc(64) },
  signatureBase: '"@status": 200\n"@target-uri";req: http://127.0.0.1:1/v1/agent',
};
