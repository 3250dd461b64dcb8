import * as fc from 'fast-check';
import type { Test } from 'tap';
import { appendAudit, auditName } from '../../../central/base/access-layer/audit.ts';
import { entryHash, type JournalHead, noHash } from '../../../shared/journal/entry.ts';
import type { SaltedEntry } from '../../../shared/journal/salted-terms.ts';
import { SignedChainVerifier } from '../../../shared/journal/signed-chain.ts';
import type { JournalFault } from '../../../shared/journal/verify.ts';
import { generateKeyPair, type PublicKey } from '../../../shared/signing/keys.ts';
import { anyText } from '../../support/any-text.ts';
import type { TestBases } from '../../support/bases.ts';
import { runs } from '../../support/runs.ts';
import { auditScene, hour } from './audit-scene.ts';

const texts = fc.record({
  words: anyText(),
  records: fc.array(fc.uuid(), { maxLength: 3 }),
});

/** Whatever is done to entries and heads is found, and the place is named. */
export async function tampering(t: Test, bases: TestBases): Promise<void> {
  const scene = await auditScene(t, bases, 'tampering');
  const { base, baseId, clock, keys } = scene;
  // Two consoles write at once, on some days; between them central signs, and once it takes another key.
  const all = fc.sample(fc.tuple(fc.option(texts), anyText()), 60);
  for (let at = 0; at < all.length; at += 6) {
    clock.pass(9 * hour);
    await Promise.all(
      all.slice(at, at + 6).map(([terms, said], index) => {
        // Of one console the clock is behind.
        const now = new Date(clock.now() - (index % 2) * 60_000);
        return base.transaction((tx) => appendAudit(tx, { kind: 'request', body: { said }, terms }, now));
      }),
    );
    if (at < 54) await scene.sign();
    if (at === 30) {
      keys.retired.push(keys.current);
      keys.current = generateKeyPair();
    }
  }
  const entries = await scene.entries();
  const heads = await scene.heads();
  const own: readonly PublicKey[] = [keys.current, ...keys.retired];
  const signed = heads.at(-1)?.id ?? 0;
  // What is not signed yet is of today.
  const until = entries[signed]?.at ?? '';
  const verdict = (some: Iterable<SaltedEntry>, ends: readonly JournalHead[] = heads, by = own) => {
    const verifier = new SignedChainVerifier(auditName(baseId), by, ends);
    for (const entry of some) verifier.entry(entry);
    return verifier.verdict(until);
  };
  const faults = (...args: Parameters<typeof verdict>): readonly JournalFault[] => verdict(...args).faults;
  const hold = <T>(property: fc.IProperty<T>): void => fc.assert(property, { numRuns: runs(25, 500) });
  const place = fc.nat(entries.length - 1);
  const signedPlace = fc.nat(signed - 1);

  await t.test('as it was written it is sound, in one chain of both consoles', (t) => {
    t.match(verdict(entries), { entries: 60, faults: [], signed: { id: 54 }, unsigned: { entries: 6 } });
    t.strictSame(
      entries.map(({ id }) => id),
      entries.map((_entry, index) => index + 1),
    );
    t.ok(heads.length >= 3);
    t.strictSame(new Set(heads.map(({ keyid }) => keyid)).size, 2, 'over an exchange of the key');
    t.end();
  });

  await t.test('changed', (t) => {
    const changes: readonly ((entry: SaltedEntry) => SaltedEntry)[] = [
      (entry) => ({ ...entry, at: '2020-01-01T00:00:00.000Z' }),
      (entry) => ({ ...entry, kind: 'event' }),
      (entry) => ({ ...entry, body: `${entry.body} ` }),
      (entry) => ({ ...entry, hash: entry.hash.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')) }),
    ];
    hold(
      fc.property(place, fc.constantFrom(...changes), (at, change) => {
        const [first] = faults(entries.with(at, change(entries[at] as SaltedEntry)));
        if (first?.id !== at + 1 || first.fault !== 'changed') throw new Error(JSON.stringify(first));
      }),
    );
    t.end();
  });

  await t.test('removed, at the end as well', (t) => {
    hold(
      fc.property(place, fc.integer({ min: 1, max: 8 }), (at, count) => {
        const left = entries.toSpliced(at, count);
        // Behind the last signature the chain alone does not know: the copy elsewhere does.
        if (left.length === at && at >= signed) return;
        const [first] = faults(left);
        if (first?.id !== at + 1 || first.fault !== 'removed') throw new Error(JSON.stringify(first));
      }),
    );
    t.end();
  });

  await t.test('the end, with the signatures of it, which central remembers', (t) => {
    hold(
      fc.property(fc.nat(signed - 1), (end) => {
        const left = entries.slice(0, end);
        const ends = heads.filter(({ id }) => id <= end);
        const found = faults(left, [...ends, heads.at(-1) as JournalHead]);
        if (!found.some(({ id, fault }) => id === end + 1 && fault === 'removed'))
          throw new Error(String(end));
      }),
    );
    t.end();
  });

  await t.test('in another order', (t) => {
    hold(
      fc.property(place, place, (one, other) => {
        fc.pre(one !== other);
        const [a, b] = [Math.min(one, other), Math.max(one, other)];
        const moved = entries.with(a, entries[b] as SaltedEntry).with(b, entries[a] as SaltedEntry);
        const found = faults(moved);
        if (!found.some(({ id }) => id > a && id <= b + 1)) throw new Error(JSON.stringify(found));
      }),
    );
    t.end();
  });

  await t.test('written anew from some entry on, with all hashes right', (t) => {
    hold(
      fc.property(signedPlace, (from) => {
        let previous = entries[from - 1]?.hash ?? noHash;
        const anew = entries.map((entry, at): SaltedEntry => {
          if (at < from) return entry;
          const { id, at: when, kind } = entry;
          const body = at === from ? '{"terms":null}' : entry.body;
          const terms = at === from ? { salt: null, terms: null } : {};
          previous = entryHash(previous, { id, at: when, kind, body });
          return { ...entry, ...terms, body, hash: previous };
        });
        const next = heads.find(({ id }) => id > from)?.id;
        const [first] = faults(anew);
        if (first?.id !== next || first?.fault !== 'changed') throw new Error(JSON.stringify(first));
        // Nor does it help to sign it with a key of one's own, whatever name it is given.
        const thief = generateKeyPair();
        const forged = heads.map((head) => ({
          ...head,
          hash: anew[head.id - 1]?.hash ?? '',
          signature: 'AAAA',
        }));
        const stolen = forged.map((head) => ({ ...head, keyid: thief.thumbprint }));
        const told = [faults(anew, forged)[0]?.fault, faults(anew, stolen)[0]?.fault];
        if (told.join() !== 'head-forged,key-unknown') throw new Error(told.join());
      }),
    );
    t.end();
  });

  await t.test('terms that are those of another entry, or made up', (t) => {
    const told = entries.filter(({ terms }) => terms !== null);
    hold(
      fc.property(
        fc.constantFrom(...told),
        fc.constantFrom(...told),
        fc.boolean(),
        (one, other, withSalt) => {
          fc.pre(one.id !== other.id);
          const swapped = { ...one, terms: other.terms, ...(withSalt && { salt: other.salt }) };
          fc.pre(swapped.terms !== one.terms || withSalt);
          const found = faults(entries.with(one.id - 1, swapped));
          if (found.length !== 1 || found[0]?.id !== one.id || found[0].fault !== 'terms-changed')
            throw new Error(JSON.stringify(found));
        },
      ),
    );
    const silent = entries.find(({ terms }) => terms === null) as SaltedEntry;
    t.match(faults(entries.with(silent.id - 1, { ...silent, salt: 's', terms: '{}' })), [
      { id: silent.id, fault: 'terms-changed' },
    ]);
    t.end();
  });

  await t.test('what is not signed for a day is not proved', (t) => {
    const verifier = new SignedChainVerifier(auditName(baseId), own, heads);
    for (const entry of entries) verifier.entry(entry);
    t.match(verifier.verdict(new Date(clock.now() + 1).toISOString()).faults, [
      { id: signed + 1, fault: 'head-missing' },
    ]);
    t.match(faults(entries, [], own)[0], { id: 1, fault: 'head-missing' });
    t.end();
  });
}
