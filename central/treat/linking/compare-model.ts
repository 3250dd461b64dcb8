import type { Base } from '../../base/base.ts';
import { type ChangedPersons, changedPersons } from '../link/evaluate/changed-persons.ts';
import { type Linked, type LinkOptions, link } from '../link/link.ts';
import type { Model } from '../link/model/model.ts';
import type { Thresholds } from '../link/model/thresholds.ts';
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

/** Links all registers by a model without writing anything: in memory, in so many threads. */
export async function compareModel(
  base: Base,
  model: Model,
  thresholds: Thresholds,
  options: Pick<LinkOptions, 'threads' | 'startWorker'> & { readonly signal?: AbortSignal },
): Promise<ModelCompared> {
  const { signal, ...how } = options;
  const { registers, decisions, now } = await base.snapshot(
    async (questions) => ({
      registers: await readAllRegisters(questions, model.locale),
      decisions: await readDecisions(questions),
      now: await readPersons(questions),
    }),
    { use: 'treating', signal },
  );
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
