import { isPurpose, purposes } from '../access/purposes.ts';

/** What is written down of a request or an event, as the console and commands write it. */
export interface EntryBody {
  readonly event?: string;
  readonly method?: string;
  readonly route?: string | null;
  readonly from?: string;
  readonly person?: string | null;
  readonly session?: string | null;
  readonly body?: string | null;
  readonly purpose?: string | null;
  readonly emergency?: boolean;
  readonly found?: number;
  readonly shown?: number;
  readonly problem?: string | null;
  /** Whose command it was, by the system. */
  readonly who?: string;
  readonly terms?: string | null;
}

export function bodyOf({ body }: { readonly body: string }): EntryBody {
  return JSON.parse(body) as EntryBody;
}

/** Events by the names that the audit has of them; one that is not here is shown by its name. */
const events: Readonly<Record<string, string>> = {
  'audit-searched': 'procurou na auditoria',
  'audit-entry-opened': 'abriu um registro da auditoria',
  'audit-verified': 'conferiu a cadeia da auditoria',
  'audit-exported': 'exportou a auditoria',
  'own-looks-listed': 'viu as próprias consultas',
  'access-begun': 'deu acesso à primeira pessoa',
  'account-blocked': 'bloqueou uma conta',
  'account-unblocked': 'desbloqueou uma conta',
  'alarm-raised': 'um alarme foi levantado',
  'alarm-read': 'abriu um alarme',
  'alarm-seen': 'marcou um alarme como visto',
  'body-added': 'cadastrou um órgão',
  'body-ended': 'encerrou um órgão',
  'body-chosen': 'escolheu o órgão em que trabalha',
  'case-opened': 'informou a finalidade',
  'emergency-declared': 'declarou emergência',
  'emergency-read': 'abriu uma emergência',
  'emergency-reviewed': 'revisou uma emergência',
  'factors-removed': 'removeu os segundos fatores de uma pessoa',
  'grant-added': 'registrou uma concessão',
  'grant-ended': 'encerrou uma concessão',
  'help-voted': 'avaliou um artigo de ajuda',
  'password-given': 'deu uma senha provisória',
  'password-changed': 'trocou a senha',
  'password-refused': 'errou a senha ao trocá-la',
  'role-given': 'deu um papel',
  'role-ended': 'encerrou um papel',
  'second-factor-added': 'cadastrou um segundo fator',
  'second-factor-not-added': 'não concluiu o cadastro de um segundo fator',
  'second-factor-refused': 'errou o segundo fator',
  'second-factor-removed': 'removeu um segundo fator',
  'second-factor-renamed': 'renomeou um segundo fator',
  'second-factor-shown': 'confirmou o segundo fator',
  'sessions-ended': 'encerrou sessões',
  'sign-in-failed': 'não conseguiu entrar',
  'sign-in-refused': 'teve a entrada recusada',
  'signed-in': 'entrou',
  'signed-out': 'saiu',
};

export function eventWords(event: string): string {
  return Object.hasOwn(events, event) ? (events[event] as string) : event;
}

/** What was done, in a few words. */
export function doneWords({ event, method, route, problem }: EntryBody): string {
  if (problem !== null && problem !== undefined) return `teve um pedido recusado (${problem})`;
  if (event !== undefined) return eventWords(event);
  return method === 'GET' ? `abriu ${route ?? 'uma página'}` : `enviou ${route ?? 'um formulário'}`;
}

export function purposeWords(code: string | null | undefined): string | null {
  if (code === null || code === undefined) return null;
  return isPurpose(code) ? purposes[code].name : code;
}

/** How many there were and were shown. */
export function countWords({ found, shown }: EntryBody): string | null {
  if (found === undefined) return null;
  return shown === undefined || shown === 0 ? `${found} achados` : `${found} achados, ${shown} mostrados`;
}
