import { writtenMoment } from '../../shared/day.ts';
import { plainTable } from '../../shared/plain-table.ts';
import type { CentralConfig, SourceEntry } from '../config.ts';
import { schedulesOf } from '../service/plans.ts';
import type { Job } from '../state/jobs.ts';
import { kindNames, reasonNames } from '../status/job-words.ts';
import { scheduleFacts } from '../status/schedules.ts';

/** What a service will do, and when: for each state its next times, and what it makes up for before. */
export function agenda(
  sources: readonly SourceEntry[],
  config: Pick<CentralConfig, 'schedule' | 'reconcile' | 'timeZone'>,
  open: readonly Job[],
  now: number,
): string {
  if (sources.length === 0) return 'Nenhum estado cadastrado ("source invite", "source accept").';
  const { timeZone } = config;
  const table = plainTable(['UF', 'coleta', 'conferência', 'tratamento', 'antes disso']);
  for (const { uf } of sources) {
    const own = sources.filter((source) => source.uf === uf);
    const scheduled = schedulesOf(own, config);
    const [collect, reconcile, treat] = (['collect', 'reconcile', 'treat'] as const).map((kind) => {
      const schedule = scheduled.find((one) => one.kind === kind)?.schedule;
      const next = schedule === undefined ? null : scheduleFacts(schedule, timeZone, new Date(now)).next;
      return next === null ? '–' : writtenMoment(next).replace(', ', '\n');
    });
    const before = open
      .filter(({ source }) => source === uf)
      .map(({ kind, reason, due, begun }) => {
        const when = begun !== null || due <= now ? 'agora' : writtenMoment(new Date(due));
        return `${kindNames[kind]}\n${when} (${reasonNames[reason]})`;
      });
    const soon = before.length === 0 ? '–' : before.join('\n');
    table.push([uf, collect ?? '–', reconcile ?? '–', treat ?? '–', soon]);
  }
  return table.toString();
}
