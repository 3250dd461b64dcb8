import { zone } from '../../shared/day.ts';
import { asGuaritaError, GuaritaError } from '../../shared/errors.ts';
import type { Logger } from '../../shared/log.ts';
import { type ProblemCode, problems } from '../../shared/problems/catalogue.ts';
import type { Base } from '../base/base.ts';
import type { TreatKind } from '../state/jobs.ts';
import { rules } from '../treat/rules/all.ts';
import { type TreatedSource, type TreatOptions, treat } from '../treat/treat.ts';
import type { Trouble } from '../treat/trouble.ts';
import type { Clock } from './clock.ts';
import type { TreatResult } from './job-result.ts';
import type { JobControls } from './runner.ts';
import { TreatedParts } from './treated-parts.ts';

export interface TreatSourceOptions {
  readonly base: Base;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Logger;
  readonly locale?: TreatOptions['locale'];
}

const what: Readonly<Record<TreatKind, Pick<TreatOptions, 'full' | 'step'>>> = {
  treat: {},
  'treat-full': { full: true },
  'treat-type': { step: 'type' },
  'treat-link': { step: 'link' },
  'treat-check': { step: 'check' },
  'treat-consolidate': { step: 'consolidate' },
};

/** Treats a source. What fails is logged, without what it may quote. */
export async function treatSource(
  source: string,
  kind: TreatKind,
  { base, clock, log, locale = 'pt-BR' }: TreatSourceOptions,
  { stop, onProgress }: JobControls,
): Promise<TreatResult> {
  const parts = new TreatedParts();
  try {
    const [treated] = await treat(base, {
      ...{ ...what[kind], sources: [source], rules, locale, signal: stop, today: treatedDay(clock.now()) },
      onProgress: (progress) => onProgress(parts.at(progress)),
      onTrouble: (trouble) => logTrouble(log, source, trouble),
    });
    if (treated === undefined) return { source, outcome: 'complete', error: null, treated: null };
    const code = problemOfTreated(treated);
    if (code !== null) log.error({ source, code }, 'treatment failed');
    const error = code === null ? null : new GuaritaError(code);
    return { source, outcome: code === null ? 'complete' : 'failed', error, treated };
  } catch (thrown) {
    if (stop.aborted) return { source, outcome: 'stopped', error: null, treated: null };
    const { code } = asGuaritaError(thrown);
    log.error({ source, code, err: thrown }, 'treatment failed');
    return { source, outcome: 'failed', error: new GuaritaError(code), treated: null };
  }
}

/** The day by which things are judged: Brasília's. `2026-01-31` */
function treatedDay(now: number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(now);
}

/** What states share is checked in the treatment of each of them. */
function logTrouble(log: Logger, source: string, { source: of, part, rule, error }: Trouble): void {
  const where = { source, ...(of === source ? {} : { of: 'nation' }), part };
  if (rule === null) log.error({ ...where, err: error }, 'a part could not be treated');
  else log.warn({ ...where, rule, err: error }, 'a rule failed');
}

function problemOfTreated({ problem, typed }: TreatedSource): ProblemCode | null {
  const failed = typed.filter(({ outcome }) => outcome === 'failed');
  const code = problem ?? failed[0]?.problem ?? null;
  if (code === null) return failed.length === 0 ? null : 'internal';
  return Object.hasOwn(problems, code) ? (code as ProblemCode) : 'internal';
}
