import { GuaritaError } from '../../shared/errors.ts';
import { ExitCode, type ProgramContext } from '../../shared/program.ts';
import { readPublicKey } from '../../shared/signing/keys.ts';
import type { Questions } from '../base/base.ts';
import { type RowState, rowStates, type StoredView } from '../base/source-layer/row-history.ts';
import { type CentralOptions, readCentralConfig, withBase } from '../central.ts';
import type { CentralConfig } from '../config.ts';
import { readAllAgentKeys } from '../enrolment/trust.ts';
import { traceRow } from '../trace/trace-row.ts';
import { treatedRow } from '../trace/treated-row.ts';
import { onDayJson, onDayLines, rowOnDay } from './row-on-day.ts';
import { namedRow } from './stored-row.ts';
import { type TracedRow, traceJson, traceLines } from './trace-words.ts';

export interface TraceOptions extends CentralOptions {
  readonly json?: boolean;
  /** Show key and values of the row: personal data. */
  readonly reveal?: boolean;
  /** Which version, as `source versions` numbers them; the last without it. */
  readonly number?: string;
  /** A day: instead of a proof, what the row was at its end. */
  readonly on?: string;
  /** File with the agent's public key, where the state is not enrolled here. */
  readonly key?: string;
}

/** Told by `--help`. */
export const traceHelp = `
Depois da prova, o que o tratamento fez de cada valor, os achados na linha e o
que ela foi antes.

Com --on, em vez da prova, o que a linha era ao fim de um dia, já tratada: pelo
relógio do estado, e pelo que a central já tinha recebido até ali. Hoje é agora.

Só lê a base: serve também em outra máquina, sem estado cadastrado. Sem servidor
(PGlite), com o serviço parado.

Código de saída:
  0  tudo provado; com --on, dito o que se sabe
  1  algo não confere, ou a linha não existe
  2  comando ou configuração errados
  3  nada falhou, mas falta com que provar: linha de antes do rastreamento, fonte
     que não assina as linhas (agente da versão 1 do protocolo, ou nenhum), ou
     chave que ninguém comparou (dê --key, ou compare a impressão com
     "guarita-agent keys show"); ou a central tirou a linha, porque passou a
     citar uma pessoa esquecida ("forget")`;

const exitCodes = { proved: 0, failed: 1, unproved: 3, forgotten: 3 } as const;

/**
 * Shows by the base alone that the agent gave a row, from its values to a verified signature, and what treatment made of
 * it. Throws `option-invalid`,
 * `row-unknown`, `key-unreadable`; ends with an exit code of its own where not all is proved.
 */
export async function trace(
  uf: string,
  view: string,
  key: readonly string[],
  options: TraceOptions,
  context: ProgramContext,
): Promise<void> {
  const config = readCentralConfig(options, context);
  const { number, on, reveal = false, json = false } = options;
  if (on !== undefined) {
    if (number !== undefined || options.key !== undefined) {
      throw new GuaritaError('option-invalid', '--on não prova: use-o sem --number e sem --key.');
    }
    const found = await withBase(config, context, (base) =>
      base.snapshot((questions) => rowOnDay(questions, [uf, view, key], on)),
    );
    return context.print(
      json ? JSON.stringify(onDayJson(found, reveal)) : onDayLines(found, reveal).join('\n'),
    );
  }
  if (number !== undefined && !/^[1-9]\d{0,8}$/.test(number)) {
    throw new GuaritaError('option-invalid', `--number: "${number}" não é um número de versão.`);
  }
  const known = knownKeys(config, uf.toUpperCase(), options.key);
  const traced = await withBase(config, context, (base) =>
    base.snapshot(async (questions): Promise<TracedRow> => {
      const { of, states, change } = await namedRow(questions, uf, view, key);
      const pair = await stateAndBefore(questions, of, key, Number(number ?? states));
      if (pair === null) throw new GuaritaError('option-invalid', `--number: há ${states} versão(ões).`);
      return {
        ...{ of, states, state: pair.state },
        trace: await traceRow(questions, of, pair, known),
        treated: await treatedRow(questions, of, { id: key[0] ?? '', change }, pair.state),
      };
    }),
  );
  context.print(
    json
      ? JSON.stringify(traceJson(traced, key, reveal))
      : traceLines(traced, key, { reveal, compared: known !== null }).join('\n'),
  );
  const code = exitCodes[traced.trace.result];
  if (code !== 0) throw new ExitCode(code);
}

/** The state of that number and what came before it; null where there is none of that number. */
async function stateAndBefore(
  questions: Questions,
  of: StoredView,
  key: readonly string[],
  number: number,
): Promise<{ state: RowState; before: RowState | null } | null> {
  let before: RowState | null = null;
  for await (const state of rowStates(questions, of, key, { first: number - 1, last: number })) {
    if (state.number === number) return { state, before };
    before = state;
  }
  return null;
}

/** Thumbprints of the agent's keys: of the one that is given, else of all that the enrolment knows; null for none. */
function knownKeys(config: CentralConfig, uf: string, file?: string): ReadonlySet<string> | null {
  if (file !== undefined) return new Set([readPublicKey(file).thumbprint]);
  const source = config.sources.find((each) => each.uf === uf);
  return source === undefined ? null : new Set(readAllAgentKeys(source).map((key) => key.thumbprint));
}
