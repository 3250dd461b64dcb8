import type { Base } from '../base/base.ts';
import { besideForgetting } from '../base/national-layer/beside-forgetting.ts';
import { countLeft, type LeftToPeople } from '../base/national-layer/left-to-people.ts';
import { completeViews, forgetMarks } from '../base/national-layer/marks.ts';
import { sourcesTellingOpen } from '../base/national-layer/open-custody.ts';
import { enqueueDue } from '../base/national-layer/queue.ts';
import { sourcesHeld, type ViewToTreat, viewsToTreat } from '../base/national-layer/treated-sources.ts';
import { inSteps, type StepsOptions, type StepsProgress } from '../base/steps.ts';
import { checkAll } from './check/check-all.ts';
import { type Checked, checkedOf, type Looked } from './check/checked.ts';
import { type Judged, judgeSource } from './check/judge-source.ts';
import { isApplicable, ruleBook } from './check/rule-book.ts';
import { consolidate } from './consolidate.ts';
import { indexNames } from './index-names.ts';
import { thresholds } from './link/model/thresholds.ts';
import { type LinkedBase, linkBase } from './linking/link-base.ts';
import { type Linker, linkerInForce } from './linking/linker.ts';
import { roughly } from './rules/births.ts';
import type { Rule } from './rules/rule.ts';
import { type Trouble, Troubles } from './trouble.ts';
import { type Cleaning, thisCleaning } from './type/cleaning.ts';
import { type TypedViewResult, typeSource } from './type/type-source.ts';
import { typingStep } from './type/type-view.ts';

/** The steps of a treatment, in their order. Cleaning and typing are one: a value is cleaned as what it is. */
export type TreatStep = 'type' | 'link' | 'check' | 'consolidate';

/** What is under way. */
export interface TreatProgress {
  /** Empty for what is of the nation. */
  readonly source: string;
  readonly step: TreatStep;
  /** A view that is typed, a subject that is checked. */
  readonly part: string;
  readonly steps: StepsProgress;
}

/** What is treated, by what, and as of which day. */
export interface TreatOptions {
  /** All that the base holds, where nothing is said. */
  readonly sources?: readonly string[];
  /** Everything again, from the first row. */
  readonly full?: boolean;
  /** This one alone. */
  readonly step?: TreatStep;
  readonly rules: readonly Rule[];
  /** Language of the names, for linkage until a model is adopted; Portuguese as Brazil's where nothing is said. */
  readonly locale?: string;
  /** By what registers are linked: the model that is in force, where nothing is said. */
  readonly linker?: Linker;
  /** This program's own, where nothing is said. */
  readonly cleaning?: Cleaning;
  /** The day on which things are judged, `2026-01-31`. */
  readonly today: string;
  /** What the first step of each part takes on, where that is known better than by itself. */
  readonly first?: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (progress: TreatProgress) => void;
  /** Told of what fails and ends a part only, once of each view and rule of a source. */
  readonly onTrouble?: (trouble: Trouble) => void;
}

/** What treatment came to with a source; a failure of one part is told here and thrown nowhere. */
export interface TreatedSource {
  readonly source: string;
  /** What became of its views; empty where typing was not asked for. */
  readonly typed: readonly TypedViewResult[];
  /** Of all sources: what linkage came to, and what it leaves to people; null where it was not done. */
  readonly linked: (LinkedBase & LeftToPeople) | null;
  /** Null where nothing was checked. */
  readonly checked: Checked | null;
  readonly judged: Judged | null;
  /** What the dictionary does not know, by view: it stays in the source layer. A view of its own has all its columns. */
  readonly beyond: Readonly<Record<string, readonly string[]>>;
  /** Code of the problem that ended its treatment, or what is done once for the nation; null where it came to its end. */
  readonly problem: string | null;
}

/**
 * Treats what moved since the last time: cleans and types it, checks what that touches, makes the national persons.
 * Stopped or killed anywhere, it goes on the next time; done twice at once, each does a part of it. What fails of one
 * source or view is told of it, and stops no other.
 *
 * Throws the signal's reason, and the errors of Base where none of it can begin.
 */
export async function treat(whole: Base, options: TreatOptions): Promise<TreatedSource[]> {
  const base = besideForgetting(whole);
  const { today, signal, rules } = options;
  const troubles = new Troubles(signal, options.onTrouble);
  const limits = { use: 'treating', signal } as const;
  const sources = options.sources ?? (await base.snapshot((questions) => sourcesHeld(questions), limits));
  const does = (step: TreatStep) => options.step === undefined || options.step === step;
  const each = new Map(sources.map((source) => [source, new Treatment(base, source, options, troubles)]));
  let ofNation: string | null = null;
  let shared: Looked = { looked: 0, replaced: [] };
  if (does('type')) {
    for (const treatment of each.values()) await treatment.type();
    try {
      // Whoever was read is found, whatever becomes of the rest.
      await indexNames(base, stepsOptions(options, '', 'type', 'busca'));
    } catch (error) {
      ofNation = troubles.problemOf('', 'type', error);
    }
  }
  let linked: TreatedSource['linked'] = null;
  let unlinked: string | null = null;
  if (does('link')) {
    try {
      linked = await linkAll(base, sources, options);
    } catch (error) {
      unlinked = troubles.problemOf('', 'link', error);
    }
  }
  if (does('check')) {
    await inSteps(base, (tx, most) => enqueueDue(tx, today, most), limits);
    for (const treatment of each.values()) await treatment.check();
    const steps = (part: string) => stepsOptions(options, '', 'check', part);
    try {
      const openIn = await base.snapshot((questions) => sourcesTellingOpen(questions), limits);
      const automatic = (options.linker?.thresholds ?? thresholds).automatic;
      const book = ruleBook(rules, { shown: new Map(), openIn, automatic });
      const onFailed = troubles.ruleFailed.bind(troubles, '');
      shared = await checkAll(base, '', book, { today, signal, steps, onFailed });
    } catch (error) {
      const problem = troubles.problemOf('', 'check', error);
      ofNation ??= problem;
    }
  }
  if (does('consolidate')) {
    try {
      await consolidate(base, stepsOptions(options, '', 'consolidate', 'pessoa'));
    } catch (error) {
      const problem = troubles.problemOf('', 'consolidate', error);
      ofNation ??= problem;
    }
  }
  if (does('check')) for (const treatment of each.values()) await treatment.judge();
  return [...each.values()].map((treatment) => {
    const result = treatment.resultWith(shared);
    return { ...result, linked, problem: result.problem ?? unlinked ?? ofNation };
  });
}

async function linkAll(
  base: Base,
  sources: readonly string[],
  options: TreatOptions,
): Promise<LinkedBase & LeftToPeople> {
  const { signal, full = false, locale = 'pt-BR' } = options;
  const linker =
    options.linker ??
    (await base.snapshot((questions) => linkerInForce(questions, locale), { use: 'treating', signal }));
  const steps = (part: string) => stepsOptions(options, '', 'link', part);
  const linked = await linkBase(base, linker, { signal, anew: full ? sources : [], steps });
  return { ...linked, ...(await base.snapshot(countLeft, { use: 'treating', signal })) };
}

function stepsOptions(
  { signal, onProgress, first }: TreatOptions,
  source: string,
  step: TreatStep,
  part: string,
): StepsOptions {
  const onStep = (steps: StepsProgress) => onProgress?.({ source, step, part, steps });
  return { signal, onStep, ...(first === undefined ? {} : { first }) };
}

/** One source, step by step. After a problem it does nothing more. */
class Treatment {
  readonly #base: Base;
  readonly #source: string;
  readonly #options: TreatOptions;
  readonly #troubles: Troubles;
  #views: readonly ViewToTreat[] = [];
  #typed: readonly TypedViewResult[] = [];
  #checked: Looked | null = null;
  #judged: Judged | null = null;
  /** What looking at its views as wholes opened and resolved. */
  #ofViews: Looked['replaced'] = [];
  #problem: string | null = null;

  constructor(base: Base, source: string, options: TreatOptions, troubles: Troubles) {
    this.#base = base;
    this.#source = source;
    this.#options = options;
    this.#troubles = troubles;
  }

  type(): Promise<void> {
    return this.#unlessFailed('type', async () => {
      const { full = false, cleaning = thisCleaning, signal } = this.#options;
      if (full) {
        await this.#base.transaction((tx) => forgetMarks(tx, this.#source), { use: 'treating', signal });
      }
      await this.#look();
      const steps = (part: string) => stepsOptions(this.#options, this.#source, 'type', part);
      this.#typed = await typeSource(this.#base, this.#source, this.#views, {
        ...{ cleaning, steps, signal, troubles: this.#troubles },
      });
    });
  }

  check(): Promise<void> {
    return this.#unlessFailed('check', async () => {
      await this.#look();
      const has = new Set(
        this.#views.flatMap(({ view, described }) => described.map((name) => `${view}.${name}`)),
      );
      const applicable = this.#options.rules.filter((rule) =>
        isApplicable(rule, (column) => has.has(column)),
      );
      const shown = this.#views.map(({ view, described, beyond }) => {
        const columns = new Set(described.filter((name) => !beyond.includes(name)));
        return [view, { source: this.#source, columns }] as const;
      });
      const among = roughly(this.#views.find(({ view }) => view === 'custodiado')?.rows ?? 0);
      const untreated = await this.#untreated();
      const book = ruleBook(applicable, { shown: new Map(shown), among, untreated });
      const { today } = this.#options;
      const steps = (part: string) => stepsOptions(this.#options, this.#source, 'check', part);
      this.#checked = await checkAll(this.#base, this.#source, book, {
        today,
        steps,
        signal: this.#options.signal,
        onFailed: this.#troubles.ruleFailed.bind(this.#troubles, this.#source),
      });
    });
  }

  judge(): Promise<void> {
    return this.#unlessFailed('judge', async () => {
      const { rules, today, signal } = this.#options;
      const onFailed = this.#troubles.ruleFailed.bind(this.#troubles, this.#source, 'visao');
      const options = { rules, today, signal, onFailed };
      const views = [this.#views, this.#typed] as const;
      const { judged, replaced } = await judgeSource(this.#base, this.#source, ...views, options);
      this.#judged = judged;
      this.#ofViews = replaced;
    });
  }

  /** @param shared the check of what states share */
  resultWith(shared: Looked): Omit<TreatedSource, 'linked'> {
    const ofViews = { looked: 0, replaced: this.#ofViews };
    const checked = this.#checked === null ? null : checkedOf(this.#source, this.#checked, shared, ofViews);
    const beyond = this.#views
      .filter((view) => view.beyond.length > 0)
      .map(({ view, beyond }) => [view, beyond]);
    return {
      ...{ source: this.#source, typed: this.#typed, checked, judged: this.#judged },
      ...{ beyond: Object.fromEntries(beyond), problem: this.#problem },
    };
  }

  /** Views of the dictionary that never came to their end, or failed now. */
  async #untreated(): Promise<ReadonlySet<string>> {
    const complete = await this.#base.snapshot(
      (questions) => completeViews(questions, this.#source, typingStep),
      { use: 'treating', signal: this.#options.signal },
    );
    const failed = new Set(this.#typed.filter(({ outcome }) => outcome !== 'typed').map(({ view }) => view));
    const views = this.#views.map(({ view }) => view);
    return new Set(views.filter((view) => !complete.has(view) || failed.has(view)));
  }

  async #look(): Promise<void> {
    this.#views = await this.#base.snapshot((questions) => viewsToTreat(questions, this.#source), {
      use: 'treating',
      signal: this.#options.signal,
    });
  }

  async #unlessFailed(step: string, work: () => Promise<void>): Promise<void> {
    if (this.#problem !== null) return;
    try {
      await work();
    } catch (error) {
      this.#problem = this.#troubles.problemOf(this.#source, step, error);
    }
  }
}
