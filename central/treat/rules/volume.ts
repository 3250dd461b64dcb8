import { foundOf } from './finding.ts';
import type { ViewName } from './rows.ts';
import type { Rule } from './rule.ts';
import { thresholds } from './thresholds.ts';

const { fewest, fall, still } = thresholds;

/** Views of which something changes every day in any state. */
const daily: readonly ViewName[] = ['custodiado', 'custodia', 'movimentacao', 'visita'];

/** Whether what a state shows fell off, or stands still. */
export const volumeRules: readonly Rule[] = daily.map((view) => ({
  code: 'X01',
  scope: 'view',
  severity: 'critical',
  view,
  needs: [`${view}.id`],
  wrong: 'O volume da visão caiu, ou nada nela mudou há dias.',
  todo: 'Confira se a visão mostra tudo, e se o sistema do estado continua sendo alimentado.',
  find: (volume) =>
    foundOf({
      volume: (volume.most ?? 0) >= fewest.value && volume.rows < (volume.most ?? 0) * (1 - fall.value / 100),
      parada: volume.rows >= fewest.value && (volume.still ?? 0) > still.value,
    }),
}));
