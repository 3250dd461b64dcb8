import { failed, ok } from '../../shared/doctor/check.ts';
import type { ProgramContext } from '../../shared/program.ts';
import type { Engine } from '../../shared/sources/engine.ts';
import { openConfigured } from '../../shared/sources/open-engine.ts';
import type { AgentConfig } from '../config/config.ts';
import { readAgentConfig } from '../config/read-config.ts';
import { attempt } from './attempt.ts';
import { type AgentCheck, type CheckName, checkNames, unchecked } from './check.ts';
import {
  checkCharacters,
  checkClock,
  checkLogin,
  checkReadOnly,
  checkRoute,
  checkTimeZone,
  checkTls,
} from './check-database.ts';
import { checkFirstLoad } from './check-first-load.ts';
import { checkOwn } from './check-own.ts';
import { checkReplica } from './check-replica.ts';
import { checkKeys, checkLog, checkOrder, checkRows, checkText, checkWatermarks } from './check-rows.ts';
import { checkSteady } from './check-steady.ts';
import { checkValues } from './check-values.ts';
import { checkDictionary, checkOtherViews, checkView } from './check-views.ts';
import { type Facts, gatherFacts, type ViewFacts } from './facts.ts';

/** What is checked of the database, and then of each view, in the order in which it is told. */
const databaseChecks: readonly ((facts: Facts) => readonly AgentCheck[])[] = [
  checkRoute,
  checkTls,
  checkLogin,
  checkReadOnly,
  checkClock,
  checkTimeZone,
  checkReplica,
  checkCharacters,
];
const viewChecks: readonly ((view: ViewFacts, facts: Facts) => readonly AgentCheck[])[] = [
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
const overallChecks: readonly ((facts: Facts) => readonly AgentCheck[])[] = [checkOtherViews, checkFirstLoad];

export interface ExamineOptions {
  readonly configFile: string;
  readonly context: ProgramContext;
  readonly clock?: () => number;
  readonly onStep?: (step: string, done: number, total: number) => void;
}

export interface Examined {
  readonly checks: readonly AgentCheck[];
  /** Rows of each view that could be read, by its name. */
  readonly rows: Readonly<Record<string, number>>;
}

/** Looks at all that the agent needs, and changes nothing. Never throws: what is wrong is in the checks. */
export async function examine(options: ExamineOptions): Promise<Examined> {
  const { configFile, context } = options;
  const opened = await attempt(async () => {
    const config = readAgentConfig(configFile, context.environment);
    return { config, engine: await openConfigured(config, context) };
  });
  if (opened.kind !== 'done') {
    const others = (Object.keys(checkNames) as CheckName[]).filter((name) => name !== 'config');
    const error = opened.kind === 'failed' ? opened.error : undefined;
    const checks = [failed('config', null, error), ...others.map((name) => unchecked(name, null, 'config'))];
    return { checks, rows: {} };
  }
  const { config, engine } = opened.value;
  const { checks, rows } = await examineConfigured(config, engine, options);
  return { checks: [ok('config', null, `"${configFile}"`), ...checks], rows };
}

async function examineConfigured(
  config: AgentConfig,
  engine: Engine,
  { context, clock = Date.now, onStep = () => undefined }: ExamineOptions,
): Promise<Examined> {
  const pause = context.pause === undefined ? {} : { pause: context.pause };
  const facts = await gatherFacts({ config, engine, clock, signal: context.stop, onStep, ...pause });
  await attempt(() => engine.close());
  const checks = [
    ...databaseChecks.flatMap((check) => check(facts)),
    ...facts.views.flatMap((view) => viewChecks.flatMap((check) => check(view, facts))),
    ...overallChecks.flatMap((check) => check(facts)),
    ...(await checkOwn(config)),
  ];
  const rows = facts.views.flatMap(({ config: { name }, look }) =>
    look.kind === 'done' ? [[name, look.value.rows] as const] : [],
  );
  return { checks, rows: Object.fromEntries(rows) };
}
