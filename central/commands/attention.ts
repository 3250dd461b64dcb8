import Table from 'cli-table3';
import { problemOf } from '../../shared/problems/catalogue.ts';
import type { ProgramContext } from '../../shared/program.ts';
import { type CentralOptions, readCentralConfig, sourceNamed } from '../central.ts';
import type { Attention } from '../state/attentions.ts';
import { openCentralState } from '../state/state.ts';

export interface AttentionOptions extends CentralOptions {
  readonly json?: boolean;
  readonly view?: string;
}

/** Lists the views that wait for a decision. Works also while central collects. */
export function listAttentions(options: AttentionOptions, context: ProgramContext): void {
  const config = readCentralConfig(options, context);
  const state = openCentralState(config.state);
  try {
    const entries = state.attentions.all();
    context.print(options.json === true ? JSON.stringify(entries) : tableOf(entries));
  } finally {
    state.close();
  }
}

/** Decides for one view of a source, or for all of them that wait. What was accepted holds from the next run on. */
export function decideAttention(
  name: string,
  decision: 'accepted' | 'refused',
  options: AttentionOptions,
  context: ProgramContext,
): void {
  const config = readCentralConfig(options, context);
  const { uf } = sourceNamed(config, name);
  const state = openCentralState(config.state);
  try {
    const decided = state.attentions.decide(uf, options.view ?? null, decision);
    for (const { view, code } of decided) context.print(`${uf} ${view} (${code}): ${decisions[decision]}`);
  } finally {
    state.close();
  }
}

const decisions = {
  accepted: 'aceito; a próxima coleta segue com o que a fonte tem agora.',
  refused: 'recusado; a visão fica como está até a fonte voltar ao que era.',
} as const;

function tableOf(entries: readonly Attention[]): string {
  if (entries.length === 0) return 'Nenhuma visão aguarda decisão.';
  const table = new Table({
    head: ['UF', 'visão', 'motivo', 'detalhe', 'desde', 'decisão'],
    style: { head: [], border: [], compact: true },
  });
  for (const { source, view, code, detail, since, decision } of entries) {
    const decided = decision === null ? 'aguarda' : decision === 'accepted' ? 'aceito' : 'recusado';
    table.push([source, view, `${problemOf(code).pt.title} [${code}]`, detail, since, decided]);
  }
  return table.toString();
}
