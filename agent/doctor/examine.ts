import { failed, ok, unchecked } from '../../shared/doctor/check.ts';
import { attempt } from '../../shared/doctor/source/attempt.ts';
import { examineSource } from '../../shared/doctor/source/examine-source.ts';
import type { ProgramContext } from '../../shared/program.ts';
import type { Engine } from '../../shared/sources/engine.ts';
import { openConfigured } from '../../shared/sources/open-engine.ts';
import type { AgentConfig } from '../config/config.ts';
import { readAgentConfig } from '../config/read-config.ts';
import { type AgentCheck, type CheckName, checkNames } from './check.ts';
import { checkOwn } from './check-own.ts';

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
    const checks = [
      failed('config', null, error),
      ...others.map((name) => unchecked(name, null, checkNames.config)),
    ];
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
  const { checks, rows } = await examineSource({
    config,
    engine,
    clock,
    signal: context.stop,
    onStep,
    ...pause,
  });
  return { checks: [...checks, ...(await checkOwn(config))], rows };
}
