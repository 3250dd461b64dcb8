import type { Transaction } from '../../base/base.ts';
import {
  changeCommonKeys,
  commonKeys,
  keysOverCap,
  numberOf,
  type RegisterKeys,
  type RuleKey,
  registersHaving,
  storedKeys,
  writeKeys,
} from '../../base/national-layer/link-keys.ts';
import { replacePairs } from '../../base/national-layer/link-pairs.ts';
import { type LinkedRegister, registersInScope } from '../../base/national-layer/link-registers.ts';
import { withoutRegister } from '../../base/national-layer/next-key.ts';
import { enqueueKeys, type Scope } from '../../base/national-layer/queue.ts';
import { keyOf } from '../link/block/rules.ts';
import type { Linker } from './linker.ts';
import { nearness } from './nearness.ts';
import { formOf } from './register-form.ts';

/**
 * Makes anew by which keys the registers of a scope, of one source, are found, and sets down to be compared those that say something else
 * than before, and all who have a key that has become too common, or is so no more. Returns how many there were.
 *
 * @param anew also those that say the same
 */
export async function findKeys(
  tx: Transaction,
  scope: Scope,
  linker: Linker,
  anew: boolean,
): Promise<number> {
  const registers = await registersInScope(tx, scope);
  const there = new Set(registers.map(({ id }) => id));
  const gone =
    'keys' in scope
      ? scope.keys.filter((id) => !there.has(id))
      : await withoutRegister(tx, 'chave', scope.after, scope.upTo);
  const before = await storedKeys(tx, [...there, ...gone]);
  const changed = keysOf(registers, linker).filter((now) => anew || !areAlike(before.get(now.register), now));
  const ids = changed.map(({ register }) => register);
  await writeKeys(tx, changed, gone);
  const old = [...ids, ...gone].flatMap((id) => before.get(id) ?? []);
  const crossed = await crossCap(tx, keysIn([...old, ...changed]), linker.model.blockCap);
  const left = gone.length === 0 ? [] : await replacePairs(tx, gone, []);
  await enqueueKeys(
    tx,
    'grupo',
    '',
    left.flatMap(({ a, b }) => [a, b]),
  );
  await enqueueKeys(
    tx,
    'par',
    '',
    [...changed, ...crossed].map(({ place }) => place),
  );
  return registers.length + gone.length;
}

function keysOf(registers: readonly LinkedRegister[], linker: Linker): RegisterKeys[] {
  const { columns } = linker.columnsOf(registers);
  const each = linker.rules.map((rule) => keyOf(rule, columns));
  const near = nearness(columns);
  return registers.map((register, at) => ({
    register: register.id,
    form: formOf(register),
    place: near(at, register.id),
    keys: each.map((key) => key(at)),
  }));
}

function areAlike(before: RegisterKeys | undefined, now: RegisterKeys): boolean {
  return before?.form === now.form && before.keys.every((key, rule) => key === now.keys[rule]);
}

/** Each once. */
function keysIn(registers: readonly RegisterKeys[]): RuleKey[] {
  const found = new Map<number, RuleKey>();
  for (const { keys } of registers) {
    for (const [rule, key] of keys.entries())
      if (key !== 0) found.set(numberOf({ rule, key }), { rule, key });
  }
  return [...found.values()];
}

/** Of keys that registers came to or left, keeps which are too common. Returns who has one of which that has changed. */
async function crossCap(
  tx: Transaction,
  keys: readonly RuleKey[],
  cap: number,
): Promise<readonly Pick<RegisterKeys, 'place'>[]> {
  const known = await commonKeys(tx);
  const over = await keysOverCap(tx, keys, cap);
  const isOver = new Set(over.map(numberOf));
  const come = over.filter((key) => !known.has(numberOf(key)));
  const gone = keys.filter((key) => known.has(numberOf(key)) && !isOver.has(numberOf(key)));
  if (come.length + gone.length === 0) return [];
  await changeCommonKeys(tx, come, gone);
  return registersHaving(tx, [...come, ...gone]);
}
