import assert from 'node:assert/strict';
import { type Arbitrary, array, asyncProperty, assert as check, constant, oneof, record } from 'fast-check';
import type { Test } from 'tap';
import { makeBlocks } from '../../../central/treat/link/block/blocks.ts';
import { eachCandidate } from '../../../central/treat/link/block/candidates.ts';
import { rulesOf } from '../../../central/treat/link/block/rules.ts';
import type { Decision } from '../../../central/treat/link/cluster/decisions.ts';
import { changeOf, type Day } from '../../../central/treat/link/daily/change-of.ts';
import { link } from '../../../central/treat/link/link.ts';
import type { Register } from '../../../central/treat/link/registers/register.ts';
import { type Relinked, relink } from '../../../central/treat/link/relink.ts';
import { PairsBuilder } from '../../../central/treat/link/threads/scored-pairs.ts';
import {
  anyDecision,
  anyId,
  anyRegister,
  columnsOf,
  model,
  pairsById,
  people,
  personsOf,
  thresholds,
} from './small.ts';

type Event =
  | { readonly kind: 'write'; readonly register: Register }
  | { readonly kind: 'remove'; readonly id: string }
  | { readonly kind: 'decide'; readonly said: Omit<Decision, 'id'> }
  | { readonly kind: 'revoke' };

const event: Arbitrary<Event> = oneof(
  { weight: 4, arbitrary: record({ kind: constant('write' as const), register: anyRegister }) },
  record({ kind: constant('remove' as const), id: anyId }),
  record({ kind: constant('decide' as const), said: anyDecision }),
  record({ kind: constant('revoke' as const) }),
);
const days = array(array(event, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 });

/** What a base keeps: registers, decisions, pairs and persons by their ids. */
class SmallNation {
  readonly registers = new Map<string, Register>();
  decisions: readonly Decision[] = [];
  #next = 0;
  #day: Day = { pairs: [], personOf: new Map(), capped: [], decisions: [] };

  /** Applies a day's events and links what changed; then all of it again from nothing, to the same. */
  async live(events: readonly Event[]): Promise<void> {
    const changed = new Set<string>();
    for (const each of events) {
      if (each.kind === 'write') {
        this.registers.set(each.register.id, each.register);
        changed.add(each.register.id);
      } else if (each.kind === 'remove') {
        if (this.registers.delete(each.id)) changed.add(each.id);
      } else if (each.kind === 'decide') {
        if (each.said.a !== each.said.b)
          this.decisions = [...this.decisions, { id: this.#next++, ...each.said }];
      } else this.decisions = this.decisions.slice(1);
    }
    const registers = columnsOf([...this.registers.values()]);
    const { ids, columns } = registers;
    const blocks = makeBlocks(columns, rulesOf(), model.blockCap);
    const { decisions } = this;
    const { known, change } = changeOf(this.#day, { ids, changed, blocks, capped: blocks.capped, decisions });
    const daily = relink(registers, { model, thresholds, decisions, blocks, known, change });
    const whole = await link(registers, { model, thresholds, decisions });

    this.#ofThoseNeeded(ids, changed, daily);

    const before = this.#day.personOf;
    const personOf = new Map(
      ids.map((id, place) => {
        const person = daily.personOf[place] ?? -1;
        return [id, person === -1 ? (before.get(id) ?? '') : (ids[person] ?? '')] as const;
      }),
    );
    assert.deepEqual(pairsById(ids, daily.pairs), pairsById(ids, whole.pairs));
    assert.deepEqual(new Map(ids.map((id, place) => [id, ids[whole.personOf[place] ?? 0]])), personOf);
    assert.deepEqual(daily.contradictions, whole.contradictions);
    assert.equal(personsOf(ids, whole.personOf).flat().length, ids.length);
    const { a, b, weight, veto } = daily.pairs;
    const pairs = Array.from(a, (one, at) => ({
      ...{ a: ids[one] ?? '', b: ids[b[at] ?? 0] ?? '' },
      ...{ weight: weight[at] ?? 0, veto: veto[at] ?? 0 },
    }));
    this.#day = { pairs, personOf, capped: blocks.capped, decisions };
  }

  /**
   * As a base does it that holds most registers on its disk: those alone that changed or are touched, their candidates,
   * and all that hang together with these by certain pairs or decisions, come to the same.
   */
  #ofThoseNeeded(ids: readonly string[], changedIds: ReadonlySet<string>, whole: Relinked): void {
    const registersOf = (ids: readonly string[]) =>
      columnsOf(ids.flatMap((id) => this.registers.get(id) ?? []));
    const { decisions } = this;
    const blocks = makeBlocks(registersOf(ids).columns, rulesOf(), model.blockCap);
    const now = { ids, changed: changedIds, blocks, capped: blocks.capped, decisions };
    const { change, known } = changeOf(this.#day, now);
    const needed = new Set([...change.changed, ...change.touched]);
    for (const place of change.changed) eachCandidate(blocks, place, (other) => needed.add(other));
    const links = decisions.map(({ a, b }) => [ids.indexOf(a), ids.indexOf(b)] as const);
    for (const [at, a] of known.a.entries()) {
      const isCertain = (known.weight[at] ?? 0) >= thresholds.automatic && known.veto[at] === 0;
      if (isCertain) links.push([a, known.b[at] ?? -1]);
    }
    for (let size = -1; size !== needed.size; ) {
      size = needed.size;
      for (const [a, b] of links) {
        if (a !== -1 && b !== -1 && (needed.has(a) || needed.has(b))) needed.add(a).add(b);
      }
    }

    const few = [...needed].map((place) => ids[place] ?? '');
    const registers = registersOf(few);
    const tooLarge = new Set(blocks.capped.map(({ rule, key }) => `${rule} ${key}`));
    const placeInFew = new Map([...needed].map((place, at) => [place, at]));
    const places = (of: ReadonlySet<number>) => new Set([...of].map((place) => placeInFew.get(place) ?? -1));
    const kept = new PairsBuilder();
    for (const [at, a] of known.a.entries()) {
      const [one, other] = [placeInFew.get(a), placeInFew.get(known.b[at] ?? -1)];
      if (one !== undefined && other !== undefined)
        kept.push(one, other, known.weight[at] ?? 0, known.veto[at] ?? 0);
    }
    const found = relink(registers, {
      ...{ model, thresholds, decisions, known: kept.done() },
      blocks: makeBlocks(registers.columns, rulesOf(), (rule, key) => tooLarge.has(`${rule} ${key}`)),
      change: { changed: places(change.changed), touched: places(change.touched) },
    });
    for (const [place, person] of whole.personOf.entries()) {
      if (person === -1) continue;
      const mine = found.personOf[placeInFew.get(place) ?? -1];
      assert.equal(few[mine ?? -1], ids[person]);
    }
    assert.equal(found.compared, whole.compared);
  }
}

export async function daily(t: Test): Promise<void> {
  await t.test('registers that come, change and go, decisions that come and are revoked', async () => {
    await check(
      asyncProperty(people, days, async (first, days) => {
        const nation = new SmallNation();
        await nation.live(first.map((register) => ({ kind: 'write', register })));
        for (const events of days) await nation.live(events);
      }),
      { numRuns: 120 },
    );
  });
}
