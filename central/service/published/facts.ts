import type { PublishedSource, PublishedView } from '../../base/published-layer/tables.ts';
import type { SourceEntry } from '../../config.ts';
import { readEnrolledAt } from '../../enrolment/trust.ts';
import type { CentralState } from '../../state/state.ts';
import type { RunFacts, SourceFacts } from '../../status/facts.ts';
import type { Clock } from '../clock.ts';
import { readFactsOf } from '../read-facts.ts';
import { filesMilliseconds } from './files.ts';
import type { Part } from './part.ts';
import { ShownTable } from './shown-table.ts';

interface Known {
  /** What the facts follow from. */
  readonly of: string;
  readonly facts: readonly ShownFacts[];
}

/** What is known of a source, and when it was enrolled. */
type ShownFacts = SourceFacts & { readonly enrolled: string | null };

/**
 * What the status tells of sources and views, read as the status reads it. A source is read again when something about
 * it has changed.
 */
export class Facts {
  readonly #state: CentralState;
  readonly #folder: string;
  readonly #sources: () => readonly SourceEntry[];
  readonly #clock: Clock;
  #known: ReadonlyMap<string, Known> = new Map();

  constructor(state: CentralState, folder: string, sources: () => readonly SourceEntry[], clock: Clock) {
    this.#state = state;
    this.#folder = folder;
    this.#sources = sources;
    this.#clock = clock;
  }

  parts(): Part[] {
    return [
      new ShownTable('source', () => this.#read().map(sourceRow)),
      new ShownTable('view_state', () => this.#read().flatMap(viewRows)),
    ];
  }

  #read(): ShownFacts[] {
    const views = Map.groupBy(this.#state.views.all(), ({ source }) => source);
    const attentions = Map.groupBy(this.#state.attentions.all(), ({ source }) => source);
    const looked = Math.floor(this.#clock.now() / filesMilliseconds);
    const known = this.#sources().map((entry): [string, Known] => {
      const { uf } = entry;
      const parts = [views.get(uf), attentions.get(uf), this.#state.runs.lastEnded(uf), looked, entry];
      const of = JSON.stringify(parts);
      const before = this.#known.get(uf);
      if (before?.of === of) return [uf, before];
      const enrolled = enrolledOrNull(entry);
      return [uf, { of, facts: readFactsOf(this.#folder, [entry]).map((facts) => ({ ...facts, enrolled })) }];
    });
    this.#known = new Map(known);
    return known.flatMap(([, { facts }]) => facts);
  }
}

function enrolledOrNull(entry: SourceEntry): string | null {
  try {
    return readEnrolledAt(entry);
  } catch {
    return null;
  }
}

function sourceRow({ source, rule, grant, enrolled, ended, left, lastRun }: ShownFacts): PublishedSource {
  return {
    ...{ source, act: grant?.act ?? null, enrolled, ended, departed: left?.at ?? null },
    rule: rule ?? null,
    ...{ act_begin: grant?.begin.toISOString() ?? null, act_end: grant?.end.toISOString() ?? null },
    ...lastRunOf(lastRun),
  };
}

function viewRows({ source, views }: SourceFacts): PublishedView[] {
  return views.map(({ view, state, lastRun, firstRun }) => ({
    ...{ source, view, known: state !== null, mode: state?.mode ?? null },
    ...{ rows: state?.rows ?? null, quarantined: state?.quarantined ?? null },
    ...{ collected: state?.collected ?? null, reconciled: state?.reconciled ?? null },
    ...{ owed: state?.owed ?? null, marked: state?.marked ?? null },
    ...{ ...lastRunOf(lastRun), first_started: firstRun },
  }));
}

function lastRunOf(
  run: RunFacts | null,
): Pick<PublishedSource, 'last_started' | 'last_outcome' | 'last_problem'> {
  return {
    last_started: run?.started ?? null,
    last_outcome: run?.outcome ?? null,
    last_problem: run?.problem ?? null,
  };
}
