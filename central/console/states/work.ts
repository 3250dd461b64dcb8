import { count } from '../../../shared/count-format.ts';
import { writtenMoment } from '../../../shared/day.ts';
import type { PublishedJob } from '../../base/published-layer/tables.ts';
import { duration } from '../../status/words.ts';
import { type Html, html } from '../html/html.ts';
import { table } from '../html/table.ts';
import type { StateFacts } from './query.ts';
import { kindWords, none, outcomeWords, reasonWords } from './words.ts';

/** What was collected last. */
export function runsPart({ runs }: Pick<StateFacts, 'runs'>): Html {
  const columns = [
    ...[{ label: 'Começo' }, { label: 'Duração' }, { label: 'Resultado' }],
    ...['Linhas', 'Novas', 'Mudadas', 'Removidas', 'Em quarentena'].map((label) => ({
      label,
      isNumber: true,
    })),
  ];
  return html`<h2>Últimas coletas</h2>
    ${table({
      ...{ caption: 'As mais recentes primeiro', columns, empty: 'Nada foi coletado ainda.' },
      rows: runs.map((run) => [
        writtenMoment(run.started),
        run.ended !== null && duration((Date.parse(run.ended) - Date.parse(run.started)) / 1000),
        outcomeWords(run.outcome, run.problem),
        ...[run.rows, run.new, run.changed, run.removed, run.quarantined].map((each) => count.format(each)),
      ]),
    })}`;
}

/** What is under way or waits, and what comes by the schedules. */
export function agendaPart({ picture }: Pick<StateFacts, 'picture'>): Html {
  const { jobs, schedules } = picture;
  return html`<h2>Em andamento e a seguir</h2>
    ${
      jobs.length > 0 &&
      table({
        caption: 'Em andamento e à espera',
        columns: [{ label: 'O quê' }, { label: 'Por quê' }, { label: 'Situação' }],
        rows: jobs.map((job) => [named(job.kind, job.view), reasonWords(job.reason), jobState(job)]),
        empty: '',
      })
    }
    ${table({
      caption: 'Próximas, pelos horários',
      columns: [{ label: 'O quê' }, { label: 'Quando' }, { label: 'A última' }],
      rows: schedules.map(({ kind, view, next, last_done: last }) => [
        named(kind, view),
        next === null ? none : writtenMoment(next),
        last === null ? none : writtenMoment(last),
      ]),
      empty: 'Nada está marcado.',
    })}`;
}

function named(kind: string, view: string | null): string {
  return view === null ? kindWords(kind) : `${kindWords(kind)} de ${view}`;
}

function jobState({ begun, due, done, total }: PublishedJob): string {
  if (begun === null) return `espera até ${writtenMoment(due)}`;
  const far = done === null || total === null ? '' : `, ${done} de ${total} partes`;
  return `em andamento desde ${writtenMoment(begun)}${far}`;
}
