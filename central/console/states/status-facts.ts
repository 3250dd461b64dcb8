import type { ViewMode } from '../../../shared/sources/view-source.ts';
import type { Picture } from '../../base/published-layer/picture.ts';
import type { PublishedSource, PublishedView } from '../../base/published-layer/tables.ts';
import { wholeSource } from '../../state/attentions.ts';
import type { Owed } from '../../state/view-states.ts';
import type { ReadBy, RunFacts, SourceFacts, ViewFacts } from '../../status/facts.ts';
import type { StatusConfig } from '../../status/report.ts';

/** What central knows of sources, of which their status is made, from what the base shows of them. */
export function sourceFacts(picture: Picture): SourceFacts[] {
  return picture.sources.map((source) => factsOf(source, picture));
}

function factsOf(source: PublishedSource, picture: Picture): SourceFacts {
  const { act, act_begin: begin, act_end: end } = source;
  const isKnown = act !== null && begin !== null && end !== null;
  return {
    source: source.source,
    // What central writes there is one of these: the base is of this version.
    ...(source.rule === null ? {} : { rule: source.rule as ReadBy }),
    grant: isKnown ? { act, begin: new Date(begin), end: new Date(end) } : null,
    ended: source.ended,
    left: source.departed === null ? null : { at: source.departed, reason: '' },
    views: picture.views
      .filter((view) => view.source === source.source)
      .map((view) => viewFacts(view, picture)),
    lastRun: runFacts(source),
  };
}

function viewFacts(view: PublishedView, { attentions }: Picture): ViewFacts {
  const doubts = attentions.filter(
    (one) => one.source === view.source && [view.view, wholeSource].includes(one.view),
  );
  const doubt = doubts.find(({ decision }) => decision === null) ?? doubts[0];
  return {
    view: view.view,
    state: view.known ? stateOf(view) : null,
    // What central writes there is of these types: the base is of this version.
    attention: (doubt ?? null) as ViewFacts['attention'],
    lastRun: runFacts(view),
    firstRun: view.first_started,
  };
}

function stateOf(view: PublishedView): ViewFacts['state'] {
  const { source, view: name, rows, quarantined, collected, reconciled, marked } = view;
  return {
    ...{ source, view: name, rows, quarantined, collected, reconciled, marked: marked ?? 0 },
    mode: view.mode as ViewMode | null,
    owed: view.owed as Owed | null,
  };
}

function runFacts(of: PublishedSource | PublishedView): RunFacts | null {
  const { last_started: started, last_outcome: outcome, last_problem: problem } = of;
  return started === null || outcome === null ? null : { started, outcome, problem };
}

/** Where no schedule is shown: what most have. */
const daily = '0 3 * * *';

/** By when what is expected of sources, by their schedules. */
export function schedulesIn({ schedules }: Pick<Picture, 'schedules'>): StatusConfig {
  return {
    schedule: daily,
    timeZone: schedules[0]?.zone ?? 'America/Sao_Paulo',
    reconcile: {
      // It is the same for all; views have their own besides.
      schedule:
        schedules.find(({ kind, view }) => kind === 'reconcile' && view === null)?.expression ?? daily,
      views: schedules.flatMap(({ source: uf, kind, view, expression: schedule }) =>
        kind === 'reconcile' && view !== null ? [{ view, uf, schedule }] : [],
      ),
    },
    sources: schedules.flatMap(({ source: uf, kind, view, expression: schedule }) =>
      kind === 'collect' && view === null ? [{ uf, schedule }] : [],
    ),
  };
}
