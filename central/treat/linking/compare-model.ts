import type { Questions } from '../../base/base.ts';
import type { Decision } from '../link/cluster/decisions.ts';
import { type ChangedPersons, changedPersons } from '../link/evaluate/changed-persons.ts';
import { type Linked, type LinkOptions, link } from '../link/link.ts';
import type { Model } from '../link/model/model.ts';
import type { Thresholds } from '../link/model/thresholds.ts';
import type { Registers } from '../link/registers/builder.ts';
import { readAllRegisters, readDecisions, readPersons } from './read-all.ts';

/** What a model would make of the registers of the base, beside what they are now. */
export interface ModelCompared {
  readonly registers: number;
  /** Persons as they are, and as they would be. */
  readonly persons: { readonly now: number; readonly would: number };
  /** Pairs that people would be asked about. */
  readonly review: number;
  readonly changes: readonly ChangedPersons[];
  readonly tooLarge: Linked['tooLarge'];
}

/** All that a comparison reads of the base, to be read at one and the same instant. */
export interface ReadForComparing {
  readonly registers: Registers;
  readonly decisions: readonly Decision[];
  /** By register, whose it is. */
  readonly now: ReadonlyMap<string, string>;
}

export async function readForComparing(questions: Questions, model: Model): Promise<ReadForComparing> {
  return {
    registers: await readAllRegisters(questions, model.locale),
    decisions: await readDecisions(questions),
    now: await readPersons(questions),
  };
}

/** Links all registers by a model without writing anything: in memory, in so many threads. */
export async function compareModel(
  { registers, decisions, now }: ReadForComparing,
  model: Model,
  thresholds: Thresholds,
  how: Pick<LinkOptions, 'threads' | 'startWorker'>,
): Promise<ModelCompared> {
  const { ids } = registers;
  const linked = await link(registers, { ...how, model, thresholds, decisions });
  const would = new Map(ids.map((id, place) => [id, ids[linked.personOf[place] as number] as string]));
  return {
    registers: ids.length,
    persons: { now: new Set(now.values()).size, would: new Set(would.values()).size },
    review: linked.review.length,
    ...{ changes: changedPersons(now, would), tooLarge: linked.tooLarge },
  };
}
