import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { failed, ok, trouble } from '../../shared/doctor/check.ts';
import { checkKey, checkSecrets, checkStateFolder } from '../../shared/doctor/own-files.ts';
import { asGuaritaError } from '../../shared/errors.ts';
import type { Environment } from '../../shared/options/environment.ts';
import { outboxFacts } from '../base/access-layer/outbox.ts';
import type { Base } from '../base/base.ts';
import { secretsUsed } from '../base/source-layer/tombstones.ts';
import { readViewCopies } from '../base/source-layer/view-copies.ts';
import { type CentralConfig, hasLeft, type SourceEntry } from '../config.ts';
import type { Check } from './check.ts';
import { checkAudit } from './check-audit.ts';
import { checkConsole } from './check-console.ts';
import { sealedInBase } from './check-console-key.ts';
import { checkCertificate, checkSource } from './check-files.ts';
import { checkForgetKey } from './check-forget-key.ts';
import { checkLetters, checkNotices } from './check-notices.ts';
import { type BaseFound, checkJournals, checkRuns, checkStateFile, checkViews } from './check-state.ts';
import { examineState } from './examine-state.ts';

const keyMissing = {
  health: 'critical',
  next: 'Se ela se perdeu, recupere-a de uma cópia; senão rode "guarita-central key" e peça novas autorizações.',
} as const;

/** Opens the base for as long as `work` runs, whatever that takes; throws what keeps it from being opened. */
export type UseBase = <T>(work: (base: Base, baseId: string) => Promise<T>) => Promise<T>;

export interface ExamineOptions {
  readonly config: CentralConfig;
  readonly keyFile: string;
  readonly useBase: UseBase;
  /** Whether another central is at work in the folder. */
  readonly isRunning: boolean;
  readonly now: Date;
  /** In which secrets may be. */
  readonly environment: Environment;
}

/** Looks at everything that central needs, and changes nothing. Never throws: what is wrong is in the checks. */
export async function examine(options: ExamineOptions): Promise<Check[]> {
  const { config, now, isRunning } = options;
  const folder = config.state;
  const key = checkKey(options.keyFile, keyMissing);
  // Before the base: what central loads meanwhile must not look like a checkpoint that is ahead of it.
  const state = examineState(folder);
  const { check, found } = await lookAtBase(options);
  const names = namesOf(config.sources);
  return [
    checkStateFolder({
      folder,
      owner: 'a central',
      made: 'se a central ainda não coletou, a primeira coleta a cria.',
    }),
    ...checkSecrets(config),
    key.check,
    ...(key.thumbprint === null ? [] : await checkCertificate(config, now)),
    ...config.sources.flatMap((source) => checkSource(source, key.thumbprint, now)),
    check,
    ...checkForgetKey(folder, found?.secrets ?? null),
    checkStateFile(folder, state, found),
    ...checkViews(state, found, names, isRunning),
    ...checkRuns(state, isRunning),
    ...checkJournals(state, namesOf(config.sources.filter((source) => !hasLeft(source)))),
    ...(await checkConsole(config, options.environment, found?.sealed ?? null, now)),
    ...checkAudit(config),
    ...checkNotices(config, found?.outbox ?? null),
    ...checkLetters(config),
  ];
}

async function lookAtBase({ config, useBase, isRunning, now }: ExamineOptions) {
  const none = (check: Check): { check: Check; found: BaseFound | null } => ({ check, found: null });
  const inProcess = config.base.url === undefined;
  if (inProcess && !existsSync(join(config.state, 'base'))) {
    // To open it would make it.
    return none(trouble('base', null, 'warning', 'A base ainda não existe.', 'A primeira coleta a cria.'));
  }
  if (inProcess && isRunning) {
    const next = 'Para conferi-la, pare a central e rode de novo.';
    return none(trouble('base', null, 'warning', 'A base está em uso pela central em serviço.', next));
  }
  try {
    return await useBase(async (base, id) => {
      const copies = await readViewCopies(base);
      const sealed = config.console.port === undefined ? null : await base.snapshot(sealedInBase);
      const outbox = await base.snapshot((questions) => outboxFacts(questions, now));
      const found: BaseFound = { id, copies, secrets: await base.snapshot(secretsUsed), sealed, outbox };
      return { check: ok('base', null, `base ${id}, ${copies.length} visões`), found };
    });
  } catch (error) {
    return none(failed('base', null, asGuaritaError(error)));
  }
}

function namesOf(sources: readonly SourceEntry[]): string[] {
  return sources.map(({ uf }) => uf);
}
