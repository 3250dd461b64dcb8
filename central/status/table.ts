import { count } from '../../shared/count-format.ts';
import type { Health } from '../../shared/doctor/health.ts';
import { plainTable } from '../../shared/plain-table.ts';
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

const healths: Readonly<Record<Health, string>> = { ok: '✓ ok', warning: '! atenção', critical: '✗ crítico' };

const findings: Readonly<Record<FindingCode, (row: StatusRow) => string>> = {
  'grant-unreadable': () => 'autorização ilegível',
  'act-ended': () => 'o acordo (ACT) terminou',
  'source-ended': () =>
    'acordo encerrado: não se coleta mais; os dados ficam (havendo aditivo: source renew)',
  'act-not-begun': () => 'o acordo (ACT) ainda não começou',
  'act-ends-soon': ({ act }) => `o acordo (ACT) termina em ${act?.daysLeft ?? 0} dias`,
  'run-failed': ({ lastRun }) => `a última coleta falhou (${lastRun?.problem ?? 'sem motivo anotado'})`,
  stale: () => 'sem coleta completa há tempo demais',
  'never-collected': () => 'ainda não coletada',
  'attention-open': ({ attention }) => `aguarda decisão (${attention?.code ?? ''})`,
  'attention-decided': ({ attention }) =>
    attention?.decision === 'refused'
      ? `mudança recusada (${attention.code})`
      : `decidida, falta a próxima coleta`,
  'quarantine-open': () => 'há linhas em quarentena',
  'reconciliation-owed': ({ owed }) => `falta conferir (${owed === null ? '' : owedWords[owed]})`,
  'reconciliation-old': () => 'conferida há tempo demais',
};

/** The status for people: instants in the zone of the schedules. */
export function statusTable(rows: readonly StatusRow[], timeZone: string): string {
  const table = plainTable(
    [
      ...['UF', 'visão', 'modo', 'última coleta', 'atraso', 'linhas', 'quarentena', 'conferida'],
      ...['próxima', 'ACT (dias)', 'situação'],
    ],
    {
      colAligns: [
        ...Array<'left'>(4).fill('left'),
        ...Array<'right'>(3).fill('right'),
        ...['left' as const, 'left' as const, 'right' as const, 'left' as const],
      ],
    },
  );
  const format = new Intl.DateTimeFormat('pt-BR', { dateStyle: 'short', timeStyle: 'short', timeZone });
  const instant = (text: string | null) => (text === null ? '–' : format.format(new Date(text)));
  for (const row of rows) {
    table.push([
      row.source,
      row.view ?? '–',
      row.mode ?? '–',
      instant(row.lastSuccess),
      row.lagSeconds === null ? '–' : duration(row.lagSeconds),
      number(row.rows),
      number(row.quarantined),
      instant(row.lastReconciliation),
      instant(row.nextRun),
      number(row.act?.daysLeft ?? null),
      [healths[row.health], ...row.findings.map((finding) => sentence(finding, row))].join('\n'),
    ]);
  }
  return table.toString();
}

function sentence({ code }: Finding, row: StatusRow): string {
  return `  ${findings[code](row)}`;
}

function number(value: number | null): string {
  return value === null ? '–' : count.format(value);
}

/** `3 d 4 h`, `4 h 5 min`, `5 min`. */
function duration(seconds: number): string {
  const minutes = Math.floor(Math.max(0, seconds) / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days > 0) return `${days} d ${hours % 24} h`;
  return hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min`;
}
