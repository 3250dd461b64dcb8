import { ok, trouble } from '../check.ts';
import { told } from './attempt.ts';
import type { ViewFacts } from './facts.ts';
import type { SourceCheck } from './names.ts';

/** The state's own system may change a row between two looks; what changes by being looked at does so in many. */
const leastShare = 0.1;

/** Columns are named, values never are. What changes by the day only is not seen within a second. */
export function checkSteady({ steadiness, config: { name } }: ViewFacts): readonly SourceCheck[] {
  const check = told(steadiness, 'steady', name, ({ rows, changed }) => {
    const columns = changed.filter((each) => each.rows >= rows * leastShare);
    if (columns.length === 0) return ok('steady', name, 'valores estáveis de uma leitura a outra');
    const message = `Mudam a cada leitura, sem que nada mude no banco: ${columns.map(({ column }) => column).join(', ')}.`;
    const next =
      'Tire da visão o que depende da hora, do dia ou do acaso (now(), idade calculada, random()): senão cada conferência regrava todas as linhas.';
    return trouble('steady', name, 'warning', message, next);
  });
  return [check];
}
