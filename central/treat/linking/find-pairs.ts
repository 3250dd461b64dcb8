import type { Transaction } from '../../base/base.ts';
import {
  commonKeys,
  formsHaving,
  keysInScope,
  numberOf,
  type RegisterKeys,
  type RuleKey,
} from '../../base/national-layer/link-keys.ts';
import { type LinkPair, replacePairs } from '../../base/national-layer/link-pairs.ts';
import { enqueueKeys, type Scope } from '../../base/national-layer/queue.ts';
import { makeBlocks } from '../link/block/blocks.ts';
import { eachCandidate } from '../link/block/candidates.ts';
import { vetoCode } from '../link/model/veto.ts';
import type { Linker } from './linker.ts';
import { registerOfForm } from './register-form.ts';

/**
 * Compares the registers of a scope with all who have a key in common with them, and writes the pairs that weigh enough
 * over those that they had. Sets down to be put together anew whoever may belong to another person by that. Returns how
 * many registers there were.
 */
export async function findPairs(tx: Transaction, scope: Scope, linker: Linker): Promise<number> {
  const looked = await keysInScope(tx, scope);
  if (looked.length === 0) return 0;
  const ids = looked.map(({ register }) => register);
  const pairs = await comparePairs(tx, looked, linker);
  const before = await replacePairs(tx, ids, pairs);
  await enqueueKeys(tx, 'grupo', '', [...new Set([...ids, ...before.flatMap(({ a, b }) => [a, b])])]);
  return ids.length;
}

async function comparePairs(
  tx: Transaction,
  looked: readonly RegisterKeys[],
  linker: Linker,
): Promise<LinkPair[]> {
  const { rules, thresholds } = linker;
  const common = await commonKeys(tx);
  const isCommon = (rule: number, key: number) => common.has(numberOf({ rule, key }));
  const keys = looked.flatMap((register) =>
    register.keys.flatMap((key, rule): RuleKey[] =>
      key === 0 || isCommon(rule, key) ? [] : [{ rule, key }],
    ),
  );
  // Whoever has a key is among those that are found by it.
  const registers = linker.columnsOf((await formsHaving(tx, keys)).map(registerOfForm));
  const { columns } = registers;
  const blocks = makeBlocks(columns, rules, isCommon);
  const scorer = linker.scorerOf(registers);
  const wanted = new Set(looked.map(({ register }) => register));
  const pairs: LinkPair[] = [];
  for (const [place, id] of registers.ids.entries()) {
    if (!wanted.has(id)) continue;
    eachCandidate(blocks, place, (other) => {
      const otherId = registers.ids[other] as string;
      // Of two that are compared, each finds the other.
      if (other < place && wanted.has(otherId)) return;
      const weight = scorer.weigh(place, other);
      if (weight < thresholds.review) return;
      const [a, b] = id < otherId ? [id, otherId] : [otherId, id];
      const across = columns.kind[place] !== columns.kind[other];
      pairs.push({ a, b, weight, veto: vetoCode(scorer.veto()), across });
    });
  }
  return pairs;
}
