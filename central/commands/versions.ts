import { plainTable } from '../../shared/plain-table.ts';
import type { ProgramContext } from '../../shared/program.ts';
import { type RowState, rowStates } from '../base/source-layer/row-history.ts';
import { type CentralOptions, readCentralConfig, withBase } from '../central.ts';
import { keyText } from '../words/mask.ts';
import { namedRow } from './stored-row.ts';

export interface VersionsOptions extends CentralOptions {
  readonly json?: boolean;
  /** Show key and values in full: personal data. */
  readonly reveal?: boolean;
}

/** Told by `--help`. */
export const versionsHelp = `
Só lê a base. Sem servidor (PGlite), com o serviço parado.
Chave de várias colunas: um argumento para cada.`;

/** States that are shown, the latest; a row may have changed every day for years. */
const mostShown = 100;

/** What became of a row from one state to the next. */
interface ShownState extends Omit<RowState, 'values' | 'digest' | 'since'> {
  /** Instants in ISO 8601, UTC; null for what it is now. */
  readonly since: string;
  readonly until: string | null;
  /** How it came to be so; null where what it was before is not kept. */
  readonly event: 'new' | 'changed' | 'removed' | 'back' | null;
  /** What differs from the state before, by column; values as they are shown. */
  readonly changed: readonly { readonly column: string; readonly before: string; readonly after: string }[];
}

/** Shows what a row was, the oldest first. Throws `option-invalid`, `row-unknown`, and the errors of the base. */
export async function listVersions(
  uf: string,
  view: string,
  key: readonly string[],
  options: VersionsOptions,
  context: ProgramContext,
): Promise<void> {
  const config = readCentralConfig(options, context);
  const { reveal = false, json = false } = options;
  const found = await withBase(config, context, (base) =>
    base.snapshot(async (questions) => {
      const { of, firstSeen, states } = await namedRow(questions, uf, view, key);
      const shown: ShownState[] = [];
      let before: RowState | null = null;
      // One more, to say what the first of them differs in.
      const range = { first: states - mostShown, last: states };
      for await (const state of rowStates(questions, of, key, range)) {
        const last = shown.pop();
        if (last !== undefined) shown.push({ ...last, until: state.since });
        if (state.number > states - mostShown) shown.push(shownState(before, state, of.keptSince, reveal));
        before = state;
      }
      return { source: of.source, view: of.view, firstSeen, keptSince: of.keptSince, states, shown };
    }),
  );
  const { shown, ...row } = found;
  if (json) {
    context.print(JSON.stringify({ ...row, key: keyText(key, reveal), versions: shown }));
    return;
  }
  context.print(`${found.source} ${found.view}, ${keyText(key, reveal)}`);
  context.print(tableOf(shown));
  if (found.states > shown.length) {
    context.print(`Mostradas as ${shown.length} mais recentes de ${found.states}.`);
  }
  context.print(beginning(found));
}

function shownState(
  before: RowState | null,
  state: RowState,
  keptSince: string,
  reveal: boolean,
): ShownState {
  const { number, from, to, since, removed, run, values } = state;
  const changed = Object.entries(values).flatMap(([column, value]) => {
    const was = before?.values[column];
    if (was === undefined || was === value) return [];
    return [{ column, before: keyText([was], reveal), after: keyText([value], reveal) }];
  });
  const event = eventOf(before, state, keptSince);
  return { number, from, to, since, until: null, removed, run, event, changed };
}

function eventOf(
  before: RowState | null,
  { removed, from }: RowState,
  keptSince: string,
): ShownState['event'] {
  if (before !== null) return removed ? 'removed' : before.removed ? 'back' : 'changed';
  return BigInt(from) > BigInt(keptSince) ? 'new' : null;
}

const eventWords: Readonly<Record<NonNullable<ShownState['event']>, string>> = {
  new: 'nova',
  changed: 'mudou',
  removed: 'removida',
  back: 'voltou',
};

/** Each lasts until the next one begins: said once, it fits 80 columns. */
function tableOf(states: readonly ShownState[]): string {
  const table = plainTable(['nº', 'desde', 'mudança', 'execução', 'o que houve']);
  for (const { number, since, from, run, event, changed, removed } of states) {
    const what = event === null ? (removed ? 'já removida' : 'já carregada') : eventWords[event];
    const columns = changed.map(({ column, before, after }) => `  ${column}: ${before} → ${after}`);
    table.push([number, since, from, run ?? '', [what, ...columns].join('\n')]);
  }
  return table.toString();
}

function beginning({
  firstSeen,
  keptSince,
  shown,
}: {
  readonly firstSeen: string;
  readonly keptSince: string;
  readonly shown: readonly ShownState[];
}): string {
  const seen = `Vista pela primeira vez em ${firstSeen}.`;
  const [oldest] = shown;
  const cut = oldest?.number === 1 && oldest.event === null;
  return cut ? `${seen} O que houve até a mudança ${keptSince} não foi guardado.` : seen;
}
