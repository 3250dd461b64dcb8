import type { SessionFacts } from '../../sources/engine.ts';
import { attempt } from './attempt.ts';
import {
  checkCharacters,
  checkClock,
  checkLogin,
  checkReadOnly,
  checkRoute,
  checkTimeZone,
  checkTls,
} from './check-database.ts';
import { checkFirstLoad, loadOf } from './check-first-load.ts';
import { checkReplica } from './check-replica.ts';
import { checkKeys, checkLog, checkOrder, checkRows, checkText, checkWatermarks } from './check-rows.ts';
import { checkSteady } from './check-steady.ts';
import { checkValues } from './check-values.ts';
import { checkDictionary, checkOtherViews, checkView } from './check-views.ts';
import { type Facts, type GatherOptions, gatherFacts, type ViewFacts, type ViewLook } from './facts.ts';
import type { SourceCheck } from './names.ts';

/** What is checked of the database, and then of each view, in the order in which it is told. */
const databaseChecks: readonly ((facts: Facts) => readonly SourceCheck[])[] = [
  checkRoute,
  checkTls,
  checkLogin,
  checkReadOnly,
  checkClock,
  checkTimeZone,
  checkReplica,
  checkCharacters,
];
const viewChecks: readonly ((view: ViewFacts, facts: Facts) => readonly SourceCheck[])[] = [
  checkView,
  checkDictionary,
  checkRows,
  checkKeys,
  checkLog,
  checkWatermarks,
  checkOrder,
  checkText,
  checkValues,
  checkSteady,
];
const overallChecks: readonly ((facts: Facts) => readonly SourceCheck[])[] = [
  checkOtherViews,
  checkFirstLoad,
];

export interface ExaminedSource {
  readonly checks: readonly SourceCheck[];
  /** What the session said of itself; null where there was none. */
  readonly session: SessionFacts | null;
  /** Rows of each view that could be read, by its name. */
  readonly rows: Readonly<Record<string, number>>;
  /** Bytes of all lines of each of these, by what a sample of them came to. */
  readonly bytes: Readonly<Record<string, number>>;
}

/**
 * Looks at a state database and at its views as they are configured, changes nothing, and closes the engine. Never
 * throws: what is wrong is in the checks.
 */
export async function examineSource(options: GatherOptions): Promise<ExaminedSource> {
  const facts = await gatherFacts(options);
  await attempt(() => options.engine.close());
  const checks = [
    ...databaseChecks.flatMap((check) => check(facts)),
    ...facts.views.flatMap((view) => viewChecks.flatMap((check) => check(view, facts))),
    ...overallChecks.flatMap((check) => check(facts)),
  ];
  const ofViews = (number: (look: ViewLook) => number) =>
    Object.fromEntries(
      facts.views.flatMap(({ config: { name }, look }) =>
        look.kind === 'done' ? [[name, number(look.value)] as const] : [],
      ),
    );
  const session = facts.session.kind === 'done' ? facts.session.value : null;
  return { checks, session, rows: ofViews(({ rows }) => rows), bytes: ofViews((look) => loadOf(look).bytes) };
}
