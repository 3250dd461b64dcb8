import { dayOf } from '../../../shared/day.ts';
import { worst } from '../../../shared/doctor/health.ts';
import type {
  PublishedAttention,
  PublishedInvitation,
  PublishedSource,
} from '../../base/published-layer/tables.ts';
import { type Matter, mattersOf } from '../../status/matters.ts';
import { problemText } from '../../status/problem-text.ts';
import { statusReport } from '../../status/report.ts';
import type { StatusRow } from '../../status/row.ts';
import { scoreOf } from '../../treat/rules/score.ts';
import { isOverdue, nextStep, type Step, stepsOf } from './milestones.ts';
import type { StateCode } from './names.ts';
import type { StatesFacts } from './query.ts';
import type { Situation } from './situations.ts';
import { schedulesIn, sourceFacts } from './status-facts.ts';

/** How a state is, all that pages tell of it. Instants are ISO 8601 in UTC. */
export interface Overview {
  readonly code: StateCode;
  readonly situation: Situation;
  /** By its grant, or by the invitation that it has not answered yet; null where neither is known. */
  readonly agreement: {
    readonly number: string;
    readonly begin: string;
    readonly end: string;
    readonly daysLeft: number;
  } | null;
  /** By which rule of the work plan it is read; null where nothing is, or it is not known. */
  readonly rule: number | null;
  readonly enrolled: string | null;
  readonly ended: string | null;
  /** When it was taken off, because its state left. */
  readonly departed: string | null;
  readonly invitation: PublishedInvitation | null;
  /** Its views as the status has them; none where there is no agent yet. */
  readonly rows: readonly StatusRow[];
  readonly matters: readonly Matter[];
  readonly steps: readonly Step[];
  readonly nextStep: Step | null;
  /** Of the view that is furthest behind; null where one was never collected. */
  readonly lastSuccess: string | null;
  readonly lagSeconds: number | null;
  readonly quarantined: number;
  readonly doubts: readonly PublishedAttention[];
  readonly nextRun: string | null;
  readonly quality: { readonly day: string; readonly open: number; readonly score: number | null } | null;
}

export function overviewsOf(codes: readonly StateCode[], facts: StatesFacts, now: Date): Overview[] {
  const { rows } = statusReport(sourceFacts(facts.picture), schedulesIn(facts.picture), now);
  const rowsOf = Map.groupBy(rows, ({ source }) => source);
  return codes.map((code) => overviewOf(code, facts, rowsOf.get(code) ?? [], now));
}

function overviewOf(code: StateCode, facts: StatesFacts, rows: readonly StatusRow[], now: Date): Overview {
  const { picture } = facts;
  const source = picture.sources.find((one) => one.source === code);
  const invitation = picture.invitations.find((one) => one.source === code) ?? null;
  const agreement = agreementOf(source ?? invitation, now);
  const steps = agreement === null && source === undefined ? [] : stepsFor(code, facts, agreement, now);
  const behind = rows.some(({ lastSuccess }) => lastSuccess === null) ? [] : rows;
  const score = facts.scores.find((one) => one.source === code);
  return {
    ...{ code, agreement, invitation, rows, steps, nextStep: nextStep(steps) },
    ...{
      rule: source?.rule ?? null,
      enrolled: source?.enrolled ?? null,
      ended: source?.ended ?? null,
      departed: source?.departed ?? null,
    },
    matters: mattersOf(rows, problemText),
    lastSuccess: behind.flatMap(({ lastSuccess }) => lastSuccess ?? []).toSorted()[0] ?? null,
    lagSeconds:
      behind.length === 0 ? null : Math.max(...behind.flatMap(({ lagSeconds }) => lagSeconds ?? [])),
    quarantined: rows.reduce((sum, { quarantined }) => sum + (quarantined ?? 0), 0),
    doubts: picture.attentions.filter((one) => one.source === code),
    nextRun: rows[0]?.nextRun ?? null,
    quality:
      score === undefined
        ? null
        : { day: score.day, open: score.open, score: scoreOf(score.weight, score.rows) },
    situation: situationOf(rows, { isKnown: source !== undefined, isInvited: invitation !== null, steps }),
  };
}

/** Of a source by its grant, which may not be readable; of one that was only invited by the invitation. */
function agreementOf(
  told: Pick<PublishedSource, 'act' | 'act_begin' | 'act_end'> | null,
  now: Date,
): Overview['agreement'] {
  const { act: number = null, act_begin: begin = null, act_end: end = null } = told ?? {};
  if (number === null || begin === null || end === null) return null;
  const daysLeft = Math.floor((Date.parse(end) - now.getTime()) / 86_400_000);
  return { number, begin, end, daysLeft };
}

function stepsFor(
  code: StateCode,
  { picture, first, treated }: StatesFacts,
  agreement: Overview['agreement'],
  now: Date,
): Step[] {
  const source = picture.sources.find((one) => one.source === code);
  const views = picture.views.filter((one) => one.source === code);
  const seen = (view: string) => first.find((one) => one.source === code && one.view === view)?.first ?? null;
  const day = treated.find((one) => one.source === code)?.day ?? null;
  const facts = {
    ...{ begin: agreement?.begin ?? null, enrolled: source?.enrolled ?? null, treated: day },
    views: views.map(({ view }) => seen(view)),
    areCollected: views.every(({ collected }) => collected !== null),
  };
  return stepsOf(facts, dayOf(now));
}

function situationOf(
  rows: readonly StatusRow[],
  known: { readonly isKnown: boolean; readonly isInvited: boolean; readonly steps: readonly Step[] },
): Situation {
  if (!known.isKnown && !known.isInvited) return 'none';
  if (rows.some(({ left }) => left !== null)) return 'ended';
  if (rows.some(({ findings }) => findings.some(({ code }) => code === 'source-ended'))) return 'ended';
  const health = worst(rows.map((row) => row.health));
  if (health === 'critical') return 'critical';
  if (health === 'warning' || known.steps.some(isOverdue)) return 'warning';
  return known.isKnown ? 'ok' : 'preparing';
}
