import { writtenInstant } from '../../shared/day.ts';
import type { RowState, StoredView } from '../base/source-layer/row-history.ts';
import type { Statement, Trace } from '../trace/trace-row.ts';
import type { TreatedTrace } from '../trace/treated-row.ts';
import { keyText } from '../words/mask.ts';
import { flawWords, missingWords, traceWords } from '../words/row-words.ts';
import { treatedJson, treatedLines } from './treated-words.ts';

/** A state of a row with what was found of it. */
export interface TracedRow {
  readonly of: StoredView;
  /** How many states of the row are kept. */
  readonly states: number;
  readonly state: RowState;
  readonly trace: Trace;
  readonly treated: TreatedTrace;
}

const signs: Readonly<Record<Trace['result'], string>> = {
  proved: '✓',
  failed: '✗',
  unproved: '–',
  forgotten: '–',
};

/** What a trace came to, for people. */
export function traceLines(
  { of, states, state, trace, treated }: TracedRow,
  key: readonly string[],
  { reveal, compared }: { readonly reveal: boolean; readonly compared: boolean },
): string[] {
  const { number, since, removed, values } = state;
  const what = removed ? 'removida' : 'carregada';
  return [
    `${of.source} ${of.view}, ${keyText(key, reveal)}: versão ${number} de ${states}, ${what} em ${writtenInstant(since)}`,
    ...(reveal ? Object.entries(values).map(([name, value]) => `  ${name}: ${keyText([value], true)}`) : []),
    ...trace.statements.flatMap((statement) => statementLines(statement, compared)),
    `${signs[trace.result]} ${traceWords[trace.result]}`,
    ...treatedLines(treated, { source: of.source, view: of.view, id: key[0] ?? '' }, reveal),
  ];
}

function statementLines({ of, missing, checks, flaw, signed }: Statement, compared: boolean): string[] {
  const title = of === 'row' ? 'A linha' : 'A remoção';
  if (checks === null) {
    return [`${title}:`, `  ${missing === 'lost' ? '✗' : '–'} ${missingWords[missing ?? 'lost']}`];
  }
  const { values, among, signature, key } = checks;
  const signer = `a chave (impressão ${signed?.keyid})`;
  return [
    `${title}:`,
    ...(of === 'row'
      ? [line(values, 'os valores dão o resumo guardado com a linha', 'os valores não dão o resumo guardado')]
      : []),
    of === 'row'
      ? line(among, 'o resumo é um dos da página', 'o resumo não é nenhum dos da página')
      : line(
          among,
          'a página diz que a chave não existe mais',
          'a página não diz que a chave não existe mais',
        ),
    signed === null
      ? line(signature, '', `a página: ${flawWords[flaw ?? 'signature']}`)
      : line(
          true,
          `a página, de ${signed.rows} linha(s), foi assinada em ${writtenInstant(signed.created)}`,
          '',
        ),
    ...(key === null
      ? compared
        ? []
        : [`  – ${signed === null ? 'a chave' : signer} não foi comparada: veja "guarita-agent keys show"`]
      : [line(key, `${signer} é do agente`, `${signer} não é nenhuma conhecida do agente`)]),
  ];
}

const line = (holds: boolean, yes: string, no: string) => `  ${holds ? `✓ ${yes}` : `✗ ${no}`}`;

/** The same for programs: names stay as they are. */
export function traceJson(
  { of, states, state, trace, treated }: TracedRow,
  key: readonly string[],
  reveal: boolean,
) {
  const { number, from, since, removed, run, values } = state;
  return {
    ...{ source: of.source, view: of.view, key: keyText(key, reveal), number, states, change: from, since },
    ...{ removed, run, result: trace.result },
    statements: trace.statements.map(({ of, missing, checks, flaw, signed }) => ({
      ...{ of, missing, checks, flaw },
      signed: signed === null ? null : { ...signed, created: signed.created.toISOString() },
    })),
    ...(reveal ? { values } : {}),
    treated: treatedJson(treated, of.view, reveal),
  };
}
