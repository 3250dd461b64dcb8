import {
  type Arbitrary,
  array,
  asyncProperty,
  boolean,
  assert as check,
  constant,
  constantFrom,
  integer,
  oneof,
  option,
  record,
} from 'fast-check';
import type { Test } from 'tap';
import type { Base } from '../../../central/base/base.ts';
import type { Decision } from '../../../central/treat/link/cluster/decisions.ts';
import type { Model } from '../../../central/treat/link/model/model.ts';
import type { Register } from '../../../central/treat/link/registers/register.ts';
import { repeatable, seed } from '../../treat/repeatable.ts';
import { anyDecision, anyId, anyRegister, model, people } from '../linking/small.ts';
import { type LinkRun, SmallNation } from './small-nation.ts';

type Event =
  | { readonly kind: 'write'; readonly register: Register }
  | { readonly kind: 'remove'; readonly id: string }
  | { readonly kind: 'forget'; readonly which: number; readonly linked: boolean }
  | { readonly kind: 'decide'; readonly said: Omit<Decision, 'id'> }
  | { readonly kind: 'revoke' }
  | { readonly kind: 'adopt'; readonly which: number }
  | ({ readonly kind: 'link' } & Omit<LinkRun, 'largest' | 'anew'>);

const models: readonly Model[] = [
  model,
  { ...model, version: 'other', prior: -18 },
  { ...model, version: 'cap', blockCap: 3 },
];

const event: Arbitrary<Event> = oneof(
  { weight: 5, arbitrary: record({ kind: constant('write' as const), register: anyRegister }) },
  record({ kind: constant('remove' as const), id: anyId }),
  {
    weight: 2,
    arbitrary: record({
      kind: constant('forget' as const),
      which: integer({ min: 0, max: 13 }),
      linked: boolean(),
    }),
  },
  { weight: 2, arbitrary: record({ kind: constant('decide' as const), said: anyDecision }) },
  record({ kind: constant('revoke' as const) }),
  record({ kind: constant('adopt' as const), which: constantFrom(...models.keys()) }),
  {
    weight: 3,
    arbitrary: record({
      kind: constant('link' as const),
      steps: option(integer({ min: 0, max: 8 })),
      first: constantFrom(1, 3, 100),
      beside: option(
        record({ before: integer({ min: 0, max: 12 }), register: anyRegister, isBack: boolean() }),
      ),
    }),
  },
);

/** Of what is linked already there is more to be taken away. */
async function forget(
  nation: SmallNation,
  { which, linked }: Extract<Event, { kind: 'forget' }>,
): Promise<void> {
  if (linked) await nation.link();
  await nation.forget(which);
}

let nations = 0;

/** Whatever happens, and wherever it is cut, the base comes to what the engine makes of all registers at once. */
export async function asTheEngine(t: Test, base: Base, numRuns: number): Promise<void> {
  t.comment(`GUARITA_SEED=${seed}`);
  const happens = array(event, { maxLength: 14 });
  const property = asyncProperty(people, constantFrom(...models), happens, async (first, by, events) => {
    const nation = await SmallNation.on(base, `N${nations++}`);
    nation.adopt(by);
    for (const register of first) await nation.write(register);
    for (const each of events) {
      if (each.kind === 'write') await nation.write(each.register);
      else if (each.kind === 'remove') await nation.remove(each.id);
      else if (each.kind === 'forget') await forget(nation, each);
      else if (each.kind === 'decide') await nation.decide(each.said);
      else if (each.kind === 'revoke') await nation.revoke();
      else if (each.kind === 'adopt') nation.adopt(models[each.which] ?? model);
      else await nation.link(each);
    }
    await nation.requireLinked();
  });
  await check(property, { numRuns, ...repeatable });
}
