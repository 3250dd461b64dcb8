import type { Base, Transaction } from '../base/base.ts';
import { analyzeFilled } from '../base/national-layer/analyze.ts';
import { registeredSources } from '../base/national-layer/link-registers.ts';
import { holdMark, moveMark, standsMark } from '../base/national-layer/marks.ts';
import { nextKey, withoutRegister } from '../base/national-layer/next-key.ts';
import { doneOf, type Scope, sourcesWaiting, takeScope } from '../base/national-layer/queue.ts';
import {
  numberWords,
  registersToFind,
  settleSearch,
  storedSearchKeys,
  writeSearchKeys,
} from '../base/national-layer/search-index.ts';
import { wordKey } from '../base/national-layer/search-keys.ts';
import { sweepAll } from '../base/national-layer/touched-subjects.ts';
import { inSteps, type StepsOptions } from '../base/steps.ts';
import { nearnessOf } from './names/near.ts';
import { namesOf, otherKeysOf } from './names/register-keys.ts';
import { soundOf } from './names/words.ts';

/** One more whenever registers are found by something else; then all are indexed anew. */
export const searchVersion = '1';

const mark = { source: '', view: 'registro', step: 'buscar', version: searchVersion };

const tables = ['nacional.busca', 'nacional.palavra'];

/** Registers of a step, with all their words, are in memory. */
const mostRegisters = 5000;

/**
 * Makes anew by what registers are found in a search that wait for it, in steps: all of them where another version did so
 * the last time. Returns how many were looked at.
 */
export async function indexNames(base: Base, steps: StepsOptions): Promise<number> {
  const limits = { use: 'treating', signal: steps.signal } as const;
  await base.transaction(async (tx) => {
    if ((await holdMark(tx, mark)).complete) return;
    for (const source of await registeredSources(tx)) await sweepAll(tx, source, ['busca']);
    await moveMark(tx, mark, { change: '0', complete: true });
  }, limits);
  let done = 0;
  let isFilled = false;
  for (const source of await base.snapshot((questions) => sourcesWaiting(questions, 'busca'), limits)) {
    const step = async (tx: Transaction, most: number): Promise<number> => {
      if (!(await standsMark(tx, mark))) return 0;
      const scope = await takeScope(tx, 'busca', source, most, (after, skip) =>
        nextKey(tx, 'busca', source, after, skip),
      );
      isFilled ||= scope !== null && !('keys' in scope);
      return scope === null ? 0 : doneOf(scope, most, await indexScope(tx, scope));
    };
    done += (await inSteps(base, step, { largest: mostRegisters, ...steps, ...limits })).done;
  }
  if (done > 0) await settleSearch(base, limits);
  await analyzeFilled(base, tables, new Set(isFilled ? tables : []), limits);
  return done;
}

async function indexScope(tx: Transaction, scope: Scope): Promise<number> {
  const registers = await registersToFind(tx, scope);
  const there = new Set(registers.map(({ id }) => id));
  const gone =
    'keys' in scope
      ? scope.keys.filter((id) => !there.has(id))
      : await withoutRegister(tx, 'busca', scope.after, scope.upTo);
  const named = registers.map((register) => ({ register, words: namesOf(register) }));
  const texts = new Set(named.flatMap(({ words }) => words.map(({ text }) => text)));
  const read = (text: string) => ({ sound: soundOf(text), near: nearnessOf(text) });
  // All are swept where another version has made them.
  const numbers = await numberWords(tx, texts, read, !('keys' in scope));
  const before = await storedSearchKeys(tx, [...there, ...gone]);
  const written = new Map<string, readonly number[]>();
  for (const { register, words } of named) {
    const keys = words.map(({ text, field }) => wordKey(numbers.get(text) as number, field));
    const all = [...new Set([...keys, ...otherKeysOf(register)])];
    if (all.join() !== before.get(register.id)?.join()) written.set(register.id, all);
  }
  await writeSearchKeys(tx, written, gone, before);
  return registers.length + gone.length;
}
