import type { Owed } from '../state/view-states.ts';
import type { Finding, FindingCode, StatusRow } from './row.ts';

/** Why a view is to be reconciled. */
const owedWords: Readonly<Record<Owed, string>> = {
  asked: 'pedida',
  'epoch-changed': 'o histórico do banco mudou',
  'schema-changed': 'as colunas mudaram',
  'checkpoint-lost': 'a marca d’água se perdeu',
  'base-changed': 'a base foi trocada ou restaurada',
  'rows-gone': 'sumiram linhas que estavam em quarentena',
  'log-gap': 'o log de mudanças do estado perdeu registros',
};

/** What a problem is called where it is read. */
export type Named = (code: string) => string;

const sideWords = { agent: 'do agente', central: 'da central' } as const;

const findings: Readonly<Record<FindingCode, (row: StatusRow, named: Named) => string>> = {
  'grant-unreadable': () => 'autorização ilegível',
  'act-ended': () => 'o acordo (ACT) terminou',
  'source-ended': () =>
    'encerrado: não se coleta mais; os dados ficam (aditivo: source renew; se saiu: source end)',
  'act-not-begun': () => 'o acordo (ACT) ainda não começou',
  'act-ends-soon': ({ act }) => `o acordo (ACT) termina ${inDays(act?.daysLeft ?? 0)}`,
  'certificate-ended': ({ certificate }) =>
    `o certificado ${sideWords[certificate?.of ?? 'agent']} venceu: cadastre de novo (source invite)`,
  'certificate-ends-soon': ({ certificate }) =>
    `o certificado ${sideWords[certificate?.of ?? 'agent']} vence ${inDays(certificate?.daysLeft ?? 0)}, e a coleta ainda não o trocou`,
  'run-failed': ({ lastRun }, named) => {
    const problem = lastRun?.problem ?? null;
    return `a última coleta falhou (${problem === null ? 'sem motivo anotado' : named(problem)})`;
  },
  stale: () => 'sem coleta completa há tempo demais',
  'never-collected': () => 'ainda não coletada',
  'attention-open': ({ attention }, named) => `aguarda decisão (${named(attention?.code ?? '')})`,
  'attention-decided': ({ attention }, named) =>
    attention?.decision === 'refused'
      ? `mudança recusada (${named(attention.code)})`
      : `decidida, falta a próxima coleta`,
  'quarantine-open': () => 'há linhas em quarentena',
  'reconciliation-owed': ({ owed }) => `falta conferir (${owed === null ? '' : owedWords[owed]})`,
  'reconciliation-old': () => 'conferida há tempo demais',
  'journal-unproved': () => 'o agente não prova o diário (versão anterior): atualize-o',
};

function inDays(days: number): string {
  if (days === 0) return 'em menos de um dia';
  return days === 1 ? 'em 1 dia' : `em ${days} dias`;
}

/** What is the matter with a view, as people read it. @param named problems are told by their code without it */
export function findingWords(
  { code }: Pick<Finding, 'code'>,
  row: StatusRow,
  named: Named = (problem) => problem,
): string {
  return findings[code](row, named);
}

/** `3 d 4 h`, `4 h 5 min`, `5 min`. */
export function duration(seconds: number): string {
  const minutes = Math.floor(Math.max(0, seconds) / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days > 0) return `${days} d ${hours % 24} h`;
  return hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min`;
}
