import { GuaritaError } from '../../shared/errors.ts';
import { plainTable } from '../../shared/plain-table.ts';
import { problemOf } from '../../shared/problems/catalogue.ts';
import type { ProgramContext } from '../../shared/program.ts';
import { type CentralOptions, readCentralConfig, sourceNamed } from '../central.ts';
import type { CentralConfig } from '../config.ts';
import type { Attention, Decision } from '../state/attentions.ts';
import { type CentralState, openCentralState } from '../state/state.ts';
import { doubtInWords, viewInWords } from '../status/doubt-words.ts';
import { whoCommands } from './who-commands.ts';

export interface AttentionOptions extends CentralOptions {
  readonly json?: boolean;
  readonly view?: string;
}

export interface DecideOptions extends AttentionOptions {
  /** Why, in a person's own words. */
  readonly reason?: string;
}

/** Lists the views that wait for a decision. Works also while central collects. */
export function listAttentions(options: AttentionOptions, context: ProgramContext): void {
  withState(readCentralConfig(options, context), (state) => {
    const { attentions } = state;
    const entries = attentions.all();
    context.print(options.json === true ? JSON.stringify(entries) : attentionTable(entries, state));
    if (isForPerson(options, context)) attentions.show(entries);
  });
}

/** What waits for a decision in these sources. */
export function waitingIn(config: CentralConfig, sources: readonly string[]): Attention[] {
  if (sources.length === 0) return [];
  return withState(config, ({ attentions }) =>
    attentions.all().filter(({ source, decision }) => decision === null && sources.includes(source)),
  );
}

/** Prints what waits, for a person to decide about. */
export function showWaiting(
  config: CentralConfig,
  waiting: readonly Attention[],
  context: ProgramContext,
): void {
  if (waiting.length === 0) return;
  withState(config, (state) => {
    context.print(attentionTable(waiting, state));
    if (isForPerson({}, context)) state.attentions.show(waiting);
  });
}

/** Else nobody was shown what may be accepted without naming it: a schedule's mail or a program's input is no look. */
function isForPerson(
  { json = false }: Pick<AttentionOptions, 'json'>,
  { isTerminal = false }: ProgramContext,
): boolean {
  return isTerminal && !json;
}

/**
 * Decides, for one view of a source or for all of them that wait, what a person was shown: the doubts that are named,
 * or those that were shown last at a terminal. What was accepted holds from the next run on. Who decided is kept, and
 * recorded in the base by the service.
 */
export function decideAttention(
  name: string,
  refs: readonly string[],
  decision: Decision,
  options: DecideOptions,
  context: ProgramContext,
): void {
  const config = readCentralConfig(options, context);
  const { uf } = sourceNamed(config, name);
  const view = options.view ?? null;
  withState(config, (state) => {
    const { attentions, answers } = state;
    const said = { who: whoCommands(context), reason: options.reason ?? null };
    const meant = refs.length > 0 ? refs : attentions.shown(uf, view).map(({ ref }) => ref);
    if (decision === 'accepted') requireReason(attentions.ofSource(uf), meant, options);
    for (const decided of answers.decide(uf, view, decision, { ...said, refs: meant })) {
      const { view, code } = decided;
      context.print(
        `${uf} ${viewInWords(view)} (${code}: ${wordsOf(decided, state)}): ${decisions[decision]}`,
      );
    }
  });
}

/** A journal that does not fit is accepted for a reason that stays: whoever looks later has to know what had happened. */
function requireReason(
  doubts: readonly Attention[],
  meant: readonly string[],
  { reason = '' }: DecideOptions,
): void {
  const named = doubts.find(({ ref }) => meant.includes(ref));
  if (named === undefined || reason.trim() !== '') return;
  throw new GuaritaError(
    'option-invalid',
    `[${named.code}] só se aceita com --reason "o que houve, e quem disse".`,
  );
}

const decisions = {
  accepted: 'aceito só isto; a próxima coleta o faz. Se mudar até lá, ela pergunta de novo.',
  refused: 'recusado; a visão fica como está até a fonte voltar ao que era.',
} as const;

function withState<T>(config: CentralConfig, work: (state: CentralState) => T): T {
  const state = openCentralState(config.state);
  try {
    return work(state);
  } finally {
    state.close();
  }
}

function wordsOf(entry: Attention, { views }: CentralState): string {
  return doubtInWords(entry, views.find(entry.source, entry.view)?.rows ?? null);
}

function attentionTable(entries: readonly Attention[], state: CentralState): string {
  if (entries.length === 0) return 'Nenhuma visão aguarda decisão.';
  const table = plainTable(['UF', 'visão', 'motivo', 'detalhe', 'desde', 'decisão', 'referência']);
  for (const entry of entries) {
    const { source, view, code, since, decision, ref } = entry;
    const decided = decision === null ? 'aguarda' : decision === 'accepted' ? 'aceito' : 'recusado';
    const why = `${problemOf(code).pt.title} [${code}]`;
    table.push([source, viewInWords(view), why, wordsOf(entry, state), since, decided, ref]);
  }
  return table.toString();
}
