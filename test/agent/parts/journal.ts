import * as fc from 'fast-check';
import type { Test } from 'tap';
import { beginAgreement } from '../../../agent/enrolment/begin-agreement.ts';
import { openHome } from '../../../agent/home.ts';
import { servedByMonth } from '../../../agent/journal/served.ts';
import { endOfJournal, type JournalEntry, type JournalHead } from '../../../shared/journal/entry.ts';
import { verifyJournal } from '../../../shared/journal/verify.ts';
import { keysOfRecords } from '../../../shared/signed-records.ts';
import { generateKeyPair } from '../../../shared/signing/keys.ts';
import { temporaryFolder } from '../../support/sqlite-views.ts';

// Invariant 7: any entry of the journal that is removed, changed or moved is found and named.

const day = 86_400_000;

export async function journals(t: Test): Promise<void> {
  /** A journal of some days, the agent's key exchanged in the midst of it. */
  const folder = temporaryFolder(t);
  const clock = { now: Date.parse('2026-03-01T12:00:00Z') };
  const home = await openHome({ id: 'AL', state: folder }, () => clock.now);
  const term = { begin: new Date(clock.now - day), end: new Date(clock.now + 400 * day) };
  await beginAgreement(home, 'AL', {
    ...{ act: '1', term, views: ['custodiado'], central: { key: generateKeyPair(), certificate: null } },
  });
  for (let i = 0; i < 40; i++) {
    clock.now += day / 7;
    const status = i % 5 === 4 ? 403 : 200;
    home.journal.request(
      {
        ...{
          request: `r${i}`,
          grant: 'g',
          key: 'k',
          from: '10.8.0.1',
          method: 'GET',
          resource: '/v2/views/custodiado/rows',
        },
        ...{
          query: null,
          signature: `s${i}`,
          view: 'custodiado',
          status,
          problem: status === 200 ? null : 'grant-expired',
        },
        ...{ rows: status === 200 ? 10 : null, bytes: 100, digest: 'd' },
      },
      new Date(clock.now),
    );
    if (i === 20) {
      await home.identities.prepare(new Date(clock.now));
      await home.adopt();
    }
  }
  const entries: readonly JournalEntry[] = [...home.journal.entries()];
  const heads: readonly JournalHead[] = home.journal.heads();
  const { current, retired } = home.keys();
  const keys = keysOfRecords({ current, retired });
  const months = servedByMonth(home.db);
  home.close();

  const faultsOf = (some: Iterable<JournalEntry>, ends = heads, by = keys) =>
    verifyJournal('AL', some, ends, by).faults;
  const places = fc.integer({ min: 0, max: entries.length - 1 });

  await t.test('J2: a journal as it was written is sound, over an exchange of the key', async (t) => {
    t.equal(retired.length, 1);
    t.ok(heads.length > 5);
    t.same(faultsOf(entries), []);
    t.match(verifyJournal('AL', entries, heads, keys), {
      entries: entries.length,
      heads: heads.length - 1,
    });
  });

  await t.test('J2: an entry that was removed is named, wherever it stood', async (t) => {
    fc.assert(
      fc.property(places, fc.integer({ min: 1, max: 5 }), (at, count) => {
        const [first] = faultsOf(entries.toSpliced(at, count));
        t.match(first, { id: at + 1, fault: 'removed' });
      }),
    );
  });

  await t.test('an entry that was changed is named, and no other', async (t) => {
    const changes = fc.constantFrom<(entry: JournalEntry) => JournalEntry>(
      (entry) => ({ ...entry, body: entry.body.replace('{', '{"x":1,') }),
      (entry) => ({ ...entry, kind: entry.kind === 'event' ? 'request' : 'event' }),
      (entry) => ({ ...entry, hash: `${entry.hash.slice(0, -1)}${entry.hash.endsWith('A') ? 'B' : 'A'}` }),
      (entry) => ({ ...entry, at: entry.at.replace(/\d\dZ$/, (ms) => (ms === '00Z' ? '01Z' : '00Z')) }),
    );
    fc.assert(
      // The second one tells of the agreement, whose last event the end is signed with.
      fc.property(fc.integer({ min: 2, max: entries.length - 1 }), changes, (at, change) => {
        const faults = faultsOf(entries.map((entry, index) => (index === at ? change(entry) : entry)));
        t.same([...new Set(faults.map(({ id }) => id))], [at + 1]);
        t.equal(faults[0]?.fault, 'changed');
      }),
    );
  });

  await t.test('entries that change places are named', async (t) => {
    fc.assert(
      fc.property(places, places, (a, b) => {
        const [left, right] = [entries[a], entries[b]];
        if (a === b || left === undefined || right === undefined) return;
        const swapped = entries.with(a, right).with(b, left);
        const named = faultsOf(swapped).map(({ id }) => id);
        t.ok(
          named.some((id) => id >= Math.min(a, b) + 1 && id <= Math.max(a, b) + 1),
          JSON.stringify(named),
        );
        // The same with numbers that look right.
        const renumbered = swapped.map((entry, index) => ({ ...entry, id: index + 1 }));
        t.match(faultsOf(renumbered)[0], { id: Math.min(a, b) + 1, fault: 'changed' });
      }),
    );
  });

  await t.test('a chain that was made anew after a change does not have the signed heads', async (t) => {
    const other = await openHome({ id: 'AL', state: temporaryFolder(t) }, () => clock.now);
    t.teardown(() => other.close());
    for (const { kind, body, at } of entries.slice(0, -3)) {
      if (kind === 'event') other.journal.event(JSON.parse(body) as never, new Date(at));
      else other.journal.request(JSON.parse(body) as never, new Date(at));
    }
    const made = [...other.journal.entries()];
    t.same(
      verifyJournal('AL', made, other.journal.heads(), [other.keys().current]).faults,
      [],
      'sound by its own key',
    );
    t.ok(faultsOf(made, other.journal.heads()).every(({ fault }) => fault === 'key-unknown'));
    t.ok(faultsOf(made, other.journal.heads()).length > 0);
    t.ok(faultsOf(made).length > 0, 'nor by the heads of the real one');
  });

  await t.test('J2: an end that was cut by whole days is named, and all of it', async (t) => {
    const days = [...new Set(entries.map(({ at }) => at.slice(0, 10)))];
    fc.assert(
      fc.property(fc.integer({ min: 0, max: days.length - 1 }), (kept) => {
        const left = entries.filter(({ at }) => days.indexOf(at.slice(0, 10)) < kept);
        const ends = heads.filter(({ day }) => day === endOfJournal || days.indexOf(day) < kept);
        t.match(faultsOf(left, ends)[0], { id: left.length + 1, fault: 'removed' });
        t.match(
          faultsOf(
            left,
            ends.filter(({ day }) => day !== endOfJournal),
          ),
          [{ id: Math.max(1, left.length), fault: 'end-missing' }],
        );
      }),
    );
    t.match(faultsOf([], []), [{ id: 1, fault: 'end-missing' }]);
    t.match(
      faultsOf(
        [],
        heads.filter(({ day }) => day === endOfJournal),
      ),
      [{ id: 1, fault: 'removed' }],
    );
  });

  await t.test('J2: the end is signed with the last event of the agreement', async (t) => {
    const other = entries.map((entry) => (entry.id === 2 ? { ...entry, kind: 'request' as const } : entry));
    t.match(
      faultsOf(other).map(({ id, fault }) => `${id} ${fault}`),
      ['2 changed', `${entries.length} head-forged`],
    );
  });

  await t.test('heads that were removed, forged or taken from another agent', async (t) => {
    const [lastDay] = heads.slice(-2);
    t.match(
      faultsOf(
        entries,
        heads.filter((head) => head !== lastDay),
      ),
      [{ fault: 'head-missing' }],
    );
    const [head, ...rest] = heads;
    if (head === undefined) throw new Error('no head');
    t.match(
      faultsOf(entries, [
        { ...head, signature: head.signature.replace(/^./, (c) => (c === 'A' ? 'B' : 'A')) },
        ...rest,
      ]),
      [{ fault: 'head-forged' }],
    );
    t.ok(verifyJournal('RO', entries, heads, keys).faults.every(({ fault }) => fault === 'head-forged'));
    t.ok(faultsOf(entries, heads, []).every(({ fault }) => fault === 'key-unknown'));
  });

  await t.test('the closing report sums up by month and view', async (t) => {
    t.same(months, [
      { month: '2026-03', view: 'custodiado', requests: 40, rows: 320, bytes: 3200, refused: 8 },
    ]);
  });
}
