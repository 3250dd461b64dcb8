import type { Health } from '../../shared/doctor/health.ts';
import { checkLines } from '../../shared/doctor/report.ts';
import type { Check } from './check.ts';
import type { Repair } from './repair.ts';

/** What `doctor --json` prints; the names stay. */
export interface DoctorReport {
  readonly at: string;
  readonly health: Health;
  /** Null where no repair was asked for. */
  readonly repair: Repair | null;
  readonly checks: readonly Check[];
}

const names: Readonly<Record<Check['check'], string>> = {
  'state-folder': 'pasta',
  secrets: 'senhas',
  key: 'chave',
  certificate: 'certificado da central',
  'agent-certificate': 'certificado do agente',
  'agent-key': 'chave do agente',
  grant: 'autorização',
  checkpoints: 'marcas d’água',
  base: 'base nacional',
  'forget-key': 'segredo dos esquecidos',
  view: 'visão',
  runs: 'coletas',
  journal: 'diário do agente',
  console: 'console',
  'console-certificate': 'certificado do console',
  'console-files': 'arquivos do console',
  'console-role': 'usuário do console na base',
  'console-key': 'chave do console',
  audit: 'auditoria',
  notices: 'avisos',
  letters: 'cartas',
};

/** The report for people: a line for each check, and below it what to do next. */
export function reportText({ repair, checks }: DoctorReport): string {
  return [...(repair === null ? [] : repairLines(repair)), ...checkLines(checks, names)].join('\n');
}

function repairLines({ movedTo, made, salvaged, restored, readAnew }: Repair): string[] {
  const named = (views: Repair['restored']) =>
    views.map(({ source, view }) => `${source} ${view}`).join(', ');
  const lines: string[] = [];
  if (movedTo !== null) lines.push(`✓ reparo: o arquivo danificado está guardado em "${movedTo}"`);
  if (made) lines.push('✓ reparo: arquivo novo criado');
  for (const { table, rows, whole } of salvaged) {
    lines.push(
      `${whole ? '✓' : '!'} reparo: ${table}: ${rows} linhas recuperadas${whole ? '' : ', há perdas'}`,
    );
  }
  if (restored.length > 0) {
    lines.push(`✓ reparo: marcas d’água refeitas pela cópia da base: ${named(restored)}`);
    lines.push('  → A próxima coleta confere essas visões por inteiro.');
  }
  if (readAnew.length > 0) {
    lines.push(`! reparo: sem cópia na base; serão lidas desde o início: ${named(readAnew)}`);
  }
  return lines.length === 0 ? ['✓ reparo: nada a reparar'] : lines;
}
