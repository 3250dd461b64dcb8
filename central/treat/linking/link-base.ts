import type { Base, Transaction } from '../../base/base.ts';
import { emptyKeys } from '../../base/national-layer/link-keys.ts';
import { holdMark, moveMark, standsMark } from '../../base/national-layer/marks.ts';
import { nextKey } from '../../base/national-layer/next-key.ts';
import { doneOf, type Scope, takeScope } from '../../base/national-layer/queue.ts';
import { linking } from '../../base/national-layer/subject.ts';
import { sweepAll } from '../../base/national-layer/touched-subjects.ts';
import { inSteps, type StepsOptions } from '../../base/steps.ts';
import { findKeys } from './find-keys.ts';
import { findPairs } from './find-pairs.ts';
import { findPersonsOf } from './find-persons.ts';
import type { Linker } from './linker.ts';

/** A part of linkage. */
export type LinkingPart = (typeof linking)[number];

export interface LinkBaseOptions {
  readonly signal: AbortSignal | undefined;
  /** All of them again. */
  readonly full: boolean;
  /** How the steps of a part are done. */
  readonly steps: (part: LinkingPart) => StepsOptions;
}

const parts: Readonly<
  Record<LinkingPart, (tx: Transaction, scope: Scope, linker: Linker) => Promise<number>>
> = {
  registro: findKeys,
  par: findPairs,
  grupo: findPersonsOf,
};

/** Registers of a step: all that they are compared with is in memory. */
const mostRegisters = 2000;

/**
 * Links what waits for it of all sources, in steps: by which keys registers are found, with whom each is compared, who is
 * one person. All of them again where another linker did so the last time; where another one has begun meanwhile, it is
 * left to that one. Returns how many registers each part looked at.
 */
export async function linkBase(
  base: Base,
  linker: Linker,
  { signal, full, steps }: LinkBaseOptions,
): Promise<Readonly<Record<LinkingPart, number>>> {
  const mark = { source: '', view: 'registro', step: 'ligar', version: linker.version };
  await base.transaction(
    async (tx) => {
      if ((await holdMark(tx, mark)).complete && !full) return;
      // Which keys are too common is another matter with another cap.
      await emptyKeys(tx);
      await sweepAll(tx, '', linking);
      await moveMark(tx, mark, { change: '0', complete: true });
    },
    { use: 'treating', signal },
  );
  const looked = { registro: 0, par: 0, grupo: 0 };
  for (const part of linking) {
    const step = async (tx: Transaction, most: number): Promise<number> => {
      if (!(await standsMark(tx, mark))) return 0;
      const scope = await takeScope(tx, part, '', most, (after, skip) => nextKey(tx, part, '', after, skip));
      if (scope === null) return 0;
      return doneOf(scope, most, await parts[part](tx, scope, linker));
    };
    looked[part] = (await inSteps(base, step, { largest: mostRegisters, ...steps(part) })).done;
  }
  return looked;
}
