import type { Test } from 'tap';
import type { SourceHarness } from '../support/source-harness.ts';
import { changes } from './view-source/changes.ts';
import { cycles } from './view-source/cycles.ts';
import { digests } from './view-source/digests.ts';
import { hugeRows } from './view-source/huge-rows.ts';
import { logs } from './view-source/logs.ts';
import { longKeys } from './view-source/long-keys.ts';
import { lookup } from './view-source/lookup.ts';
import { modes } from './view-source/modes.ts';
import { names } from './view-source/names.ts';
import { pages } from './view-source/pages.ts';
import { properties } from './view-source/properties.ts';
import { refusals } from './view-source/refusals.ts';
import { ties } from './view-source/ties.ts';
import { undecodable } from './view-source/undecodable.ts';
import { values } from './view-source/values.ts';

/**
 * What every ViewSource must do, whatever database it reads and whatever lies between: `view-source.ts` of
 * `shared/sources` states it, the parts prove it. A new engine brings a harness and runs this.
 * Names cite the invariants (I) of docs/architecture.md and the traps (T) of docs/extraction-traps.md.
 */
export async function viewSourceContract(t: Test, harness: SourceHarness): Promise<void> {
  await usualRows(t, harness);
  await t.test('huge rows', (t) => hugeRows(t, harness));
}

/**
 * All of it but the rows that take seconds to read: for the quick tier, which has those on one engine, and behind an
 * agent, to which they are the same whatever engine they come from: it is given those of SQLite.
 */
export async function usualRows(t: Test, harness: SourceHarness): Promise<void> {
  await t.test('values', (t) => values(t, harness));
  await t.test('undecodable values', (t) => undecodable(t, harness));
  await t.test('names', (t) => names(t, harness));
  await t.test('pages', (t) => pages(t, harness));
  await t.test('long keys', (t) => longKeys(t, harness));
  await t.test('ties', (t) => ties(t, harness));
  await t.test('changes while reading', (t) => changes(t, harness));
  await t.test('cycles', (t) => cycles(t, harness));
  await t.test('digests', (t) => digests(t, harness));
  await t.test('lookup', (t) => lookup(t, harness));
  await t.test('modes', (t) => modes(t, harness));
  await t.test('logs', (t) => logs(t, harness));
  await t.test('refusals', (t) => refusals(t, harness));
  await t.test('properties', (t) => properties(t, harness));
}

/**
 * What of the contract passes through an agent as it stands: what values become on the way, how digests and lookups are
 * asked for, also of bytes that text cannot hold, that a log has a gap, and how each refusal comes back. All of it, behind an agent, takes as
 * long as every engine's own.
 */
export async function viewSourceExcerpt(t: Test, harness: SourceHarness): Promise<void> {
  await t.test('values', (t) => values(t, harness));
  await t.test('digests', (t) => digests(t, harness));
  await t.test('lookup', (t) => lookup(t, harness));
  await t.test('logs', (t) => logs(t, harness));
  await t.test('refusals', (t) => refusals(t, harness));
}
