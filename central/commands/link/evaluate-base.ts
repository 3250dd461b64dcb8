import type { ProgramContext } from '../../../shared/program.ts';
import { type CentralOptions, readCentralConfig, withBase } from '../../central.ts';
import type { TruthFile } from '../../link-files/read-truth.ts';
import { placesOf } from '../../tables/columns.ts';
import { openTable, type TableForm } from '../../tables/table.ts';
import type { Evaluation } from '../../treat/link/evaluate/evaluate.ts';
import { evaluateByState, foundInBase } from '../../treat/linking/evaluate-base.ts';
import { registerOfCell } from './named-registers.ts';
import { evaluationTable, evaluationText } from './words.ts';

/** What the base has of the registers that a file names. */
export interface BaseEvaluation {
  readonly all: Evaluation;
  readonly states: Readonly<Record<string, Evaluation>>;
}

/**
 * Holds the national base against the truth: registers by their id there, or by state, view and key
 * (`AL custodiado 123`). Throws `table-invalid`.
 */
export async function evaluateBase(
  file: string,
  form: TableForm,
  truth: Extract<TruthFile, { has: 'truth' }>,
  options: CentralOptions,
  context: ProgramContext,
): Promise<BaseEvaluation> {
  const named = await registersIn(file, form);
  const config = readCentralConfig(options, context);
  const found = await withBase(config, context, (base) =>
    base.snapshot((questions) => foundInBase(questions, [...new Set(named.values())]), {
      ...{ use: 'treating', signal: context.stop },
    }),
  );
  const places = new Map<string, number>();
  for (const [text, id] of named) {
    const place = found.placeOf.get(id);
    if (place !== undefined) places.set(text, place);
  }
  return evaluateByState(found, await truth.truthOf(places));
}

/** What a file names registers by, with the id of each; what names none is left out. */
async function registersIn(file: string, form: TableForm): Promise<ReadonlyMap<string, string>> {
  const table = await openTable(file, form);
  const places = placesOf(table, table.header.includes('id') ? ['id'] : ['a', 'b']);
  const named = new Map<string, string>();
  for await (const { cells } of table.rows()) {
    for (const place of places) {
      const text = cells[place] ?? '';
      const id = named.get(text) ?? registerOfCell(text);
      if (id !== null) named.set(text, id);
    }
  }
  return named;
}

/** Overall, and of each state. */
export function baseEvaluationText({ all, states }: BaseEvaluation): string {
  const each = Object.entries(states).map(([source, of]) => `${source}: ${evaluationTable(of)}`);
  return [evaluationText(all), ...each].join('\n\n');
}
