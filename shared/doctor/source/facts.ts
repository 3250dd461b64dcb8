import { standardViews } from '../../dictionary/standard-views.ts';
import { GuaritaError } from '../../errors.ts';
import { type Pause, pause } from '../../pause.ts';
import type { DatabaseAddress, Engine, SessionFacts } from '../../sources/engine.ts';
import { allowsWritable } from '../../sources/open-engine.ts';
import type { QueryPlan, Steadiness, ViewSurvey } from '../../sources/reading/view-snapshot.ts';
import type { SourceConfig } from '../../sources/source-config.ts';
import type { ViewConfig } from '../../sources/view-config.ts';
import type { SourceDescription, ViewDescription } from '../../sources/view-source.ts';
import { type Attempt, after, attempt } from './attempt.ts';
import { connectTo, type Route } from './route.ts';
import { readSample, type Sample } from './sample.ts';
import { examineValues, type ValueFacts } from './sample-values.ts';

/** A state database, and which of its views are read. */
export interface ConfiguredSource {
  readonly source: SourceConfig;
  readonly views: readonly ViewConfig[];
}

/** All that `doctor` finds out about the state database; the checks are made of it, and of the configuration. */
export interface Facts {
  readonly config: ConfiguredSource;
  readonly address: DatabaseAddress | null;
  readonly route: Attempt<Route>;
  readonly session: Attempt<SessionLook>;
  /** Reasons why the user could write. */
  readonly proof: Attempt<readonly string[]>;
  readonly description: Attempt<SourceDescription>;
  /** One for each view that is configured, in their order. */
  readonly views: readonly ViewFacts[];
}

export interface SessionLook extends SessionFacts {
  /** The clock of this machine when the database told its own: milliseconds since 1970. */
  readonly machineClock: number;
}

export interface ViewFacts {
  readonly config: ViewConfig;
  readonly description: Attempt<ViewDescription>;
  readonly look: Attempt<ViewLook>;
  /** What had changed in rows of it a moment later. */
  readonly steadiness: Attempt<Steadiness>;
}

/** What a look at the rows of a view found. */
export interface ViewLook extends ViewSurvey {
  readonly order: OrderFacts;
  /** Of the log of a view that is read by one; null for any other. */
  readonly log: LogFacts | null;
  readonly sample: Sample;
  /** Null of a view that the dictionary does not know. */
  readonly values: ValueFacts | null;
  readonly page: PageFacts;
}

/** Whether an index serves its pages: `hidden` where the database shows no plans to this user, `none` without rows. */
export type OrderFacts = 'served' | 'unserved' | 'hidden' | 'none';

export interface LogFacts {
  readonly isSmall: boolean;
  readonly order: OrderFacts;
}

/** The first page, as the agent would read it. */
export interface PageFacts {
  readonly rows: number;
  readonly bytes: number;
  readonly milliseconds: number;
}

/** A view, and rows of it for the next look. */
interface FirstLook extends Omit<ViewFacts, 'steadiness'> {
  readonly kept: Buffer;
}

export interface GatherOptions {
  readonly config: ConfiguredSource;
  readonly engine: Engine;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly signal: AbortSignal;
  readonly pause?: Pause;
  /** Told what comes next, and how much of all is done. */
  readonly onStep: (step: string, done: number, total: number) => void;
}

/**
 * Finds out all that can be found out, one thing after the other, each only when what it needs is there: nothing of a view
 * is read before the user is proved unable to write (invariant 1). Never throws.
 */
export async function gatherFacts(options: GatherOptions): Promise<Facts> {
  const { config, engine, clock } = options;
  const { address } = engine;
  const total = config.views.length + 5;
  let done = 0;
  const step = (name: string) => options.onStep(name, done++, total);

  step('rota');
  const route = await attempt(() => connectTo(address, config.source));
  step('login');
  const session = await after(route, 'route', () => lookAtSession(engine, clock));
  step('só leitura');
  const proof = await after(session, 'login', () => engine.proveReadOnly());
  step('visões');
  const description = await after(provenOrAllowed(proof, config), 'read-only', () => engine.describe());
  const looks: FirstLook[] = [];
  for (const view of config.views) {
    step(view.name);
    looks.push(await lookAtView(view, description, engine, options));
  }
  step('valores estáveis');
  const views = await lookAgain(looks, engine, options);
  return { config, address, route, session, proof, description, views };
}

/** A proof that does not hold fails, too, for what comes after it. */
function provenOrAllowed(proof: Facts['proof'], config: ConfiguredSource): Facts['proof'] {
  if (proof.kind !== 'done' || proof.value.length === 0 || allowsWritable(config)) return proof;
  return { kind: 'failed', error: new GuaritaError('source-writable') };
}

async function lookAtSession(engine: Engine, clock: () => number): Promise<SessionLook> {
  // Twice: the first one has the connection to make, in which time goes by.
  await engine.session();
  const asked = clock();
  const facts = await engine.session();
  return { ...facts, machineClock: (asked + clock()) / 2 };
}

async function lookAtView(
  config: ViewConfig,
  source: Attempt<SourceDescription>,
  engine: Engine,
  { clock, signal, config: { source: database } }: Pick<GatherOptions, 'clock' | 'signal' | 'config'>,
): Promise<FirstLook> {
  const description = await after(source, 'view', ({ views, broken }) => {
    const found = views.find(({ name }) => name === config.name);
    if (found !== undefined) return found;
    const why = broken.find(({ name }) => name === config.name);
    throw new GuaritaError(why?.problem ?? 'view-missing', why?.detail);
  });
  let rows: Buffer = Buffer.alloc(0);
  const look = await after(description, 'view', async (view): Promise<ViewLook> => {
    const { plans, log, sample, kept, ...survey } = await engine.examine(config.name, { signal });
    rows = kept;
    const standard = standardViews.find(({ name }) => name === config.name);
    const values =
      standard === undefined
        ? null
        : examineValues(sample, view.columns, standard, database.timeZone ?? 'UTC', clock());
    const begun = clock();
    const page = await engine.page(config.name, { after: null, until: null, signal });
    return {
      ...survey,
      order: orderOf(plans),
      log: log === null ? null : { isSmall: log.isSmall, order: orderOf(log.plans) },
      sample: readSample(sample, view.columns),
      values,
      page: { rows: page.rows, bytes: page.lines.length, milliseconds: clock() - begun },
    };
  });
  return { config, description, look, kept: rows };
}

/** Clocks of databases tell whole seconds in many views: after more than one, `now()` is another instant. */
const apartMilliseconds = 1050;

/** Rows that were seen, once more: what only a look changes in them is no data of the state. */
async function lookAgain(
  looks: readonly FirstLook[],
  engine: Engine,
  { signal, pause: wait = pause }: Pick<GatherOptions, 'signal' | 'pause'>,
): Promise<ViewFacts[]> {
  if (looks.some(({ kept }) => kept.length > 0)) await wait(apartMilliseconds, signal);
  const views: ViewFacts[] = [];
  for (const { kept, ...first } of looks) {
    const again = () => engine.examineAgain(first.config.name, kept, { signal });
    views.push({ ...first, steadiness: await after(first.look, 'rows', again) });
  }
  return views;
}

function orderOf(plans: readonly QueryPlan[]): OrderFacts {
  if (plans.length === 0) return 'none';
  if (plans.some(({ isServed }) => isServed === false)) return 'unserved';
  return plans.every(({ isServed }) => isServed === true) ? 'served' : 'hidden';
}
