import type { Base, Transaction } from '../../base/base.ts';
import { followDecisions } from '../../base/national-layer/follow-decisions.ts';
import { emptyKeys } from '../../base/national-layer/link-keys.ts';
import { registeredSources } from '../../base/national-layer/link-registers.ts';
import { holdMark, moveMark, standsMark } from '../../base/national-layer/marks.ts';
import { nextKey } from '../../base/national-layer/next-key.ts';
import {
  doneOf,
  type Scope,
  setDownAlone,
  sourcesWaiting,
  takeScope,
} from '../../base/national-layer/queue.ts';
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
  /** Sources whose registers are compared again, whatever they say. */
  readonly anew?: readonly string[];
  /** How the steps of a part are done. */
  readonly steps: (part: LinkingPart) => StepsOptions;
}

/** What linkage came to. */
export interface LinkedBase {
  /** Registers that were compared with others, of any source. */
  readonly compared: number;
  /** How often one went to another person. */
  readonly moved: number;
}

/** Registers of a step: all that they are compared with is in memory. */
const mostRegisters = 2000;

/**
 * Links what waits for it of all sources, and what people have decided since, in steps: by which keys registers are found, with whom each is compared, who is
 * one person. All of them again where another linker did so the last time; where another one has begun meanwhile, it is
 * left to that one.
 */
export async function linkBase(
  base: Base,
  linker: Linker,
  { signal, anew = [], steps }: LinkBaseOptions,
): Promise<LinkedBase> {
  const mark = { source: '', view: 'registro', step: 'ligar', version: linker.version };
  await base.transaction(
    async (tx) => {
      await setDownAlone(tx);
      await followDecisions(tx);
      if ((await holdMark(tx, mark)).complete) return;
      // Which keys are too common is another matter with another cap.
      await emptyKeys(tx);
      for (const source of await registeredSources(tx)) await sweepAll(tx, source, linking);
      await moveMark(tx, mark, { change: '0', complete: true });
    },
    { use: 'treating', signal },
  );
  const limits = { use: 'treating', signal } as const;
  const waiting = await base.snapshot((questions) => sourcesWaiting(questions, 'registro'), limits);
  let moved = 0;
  const doPart = async (part: LinkingPart, under: string, look: Look): Promise<number> => {
    const step = async (tx: Transaction, most: number): Promise<number> => {
      // First of all, as whoever sets down what waits: the one who takes it also leaves something for the next part.
      await setDownAlone(tx);
      if (!(await standsMark(tx, mark))) return 0;
      const scope = await takeScope(tx, part, under, most, (after, skip) =>
        nextKey(tx, part, under, after, skip),
      );
      return scope === null ? 0 : doneOf(scope, most, await look(tx, scope));
    };
    return (await inSteps(base, step, { largest: mostRegisters, ...steps(part) })).done;
  };
  for (const source of waiting) {
    const isAnew = anew.includes(source);
    await doPart('registro', source, (tx, scope) =>
      findKeys(tx, scope, linker, isAnew && !('keys' in scope)),
    );
  }
  const compared = await doPart('par', '', (tx, scope) => findPairs(tx, scope, linker));
  const seen = new Set<string>();
  await doPart('grupo', '', async (tx, scope) => {
    const found = await findPersonsOf(tx, scope, linker, seen);
    moved += found.moved;
    return found.looked;
  });
  return { compared, moved };
}

type Look = (tx: Transaction, scope: Scope) => Promise<number>;
