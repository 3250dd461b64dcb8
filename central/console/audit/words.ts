import Type, { type Static } from 'typebox';
import Value from 'typebox/value';
import { isPurpose, purposes } from '../access/purposes.ts';

const text = Type.Optional(Type.Union([Type.String(), Type.Null()]));
const number = Type.Optional(Type.Union([Type.Number(), Type.Null()]));

/** What is written down of a request or an event, as the console and commands write it. */
const bodySchema = Type.Object({
  ...{ event: text, method: text, route: text, from: text, session: text, purpose: text, problem: text },
  ...{ emergency: Type.Optional(Type.Boolean()), found: number, shown: number },
  /** Whose command it was, by the system. */
  who: text,
});
export type EntryBody = Static<typeof bodySchema>;

/** Of one that is not as it is written nothing is told but that: whoever can write to the base could have. */
export function bodyOf({ body }: { readonly body: string }): EntryBody {
  const value: unknown = JSON.parse(body);
  return Value.Check(bodySchema, value) ? value : { event: 'unknown' };
}

/** Events by the names that the audit has of them; one that is not here is shown by its name. */
const events: Readonly<Record<string, string>> = {
  unknown: 'não se sabe o quê: não é como o sistema escreve',
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
  'console-key-forgotten': 'mandou esquecer a chave do console',
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
  if (isText(problem)) return `teve um pedido recusado (${problem})`;
  if (isText(event)) return eventWords(event);
  return method === 'GET' ? `abriu ${route ?? 'uma página'}` : `enviou ${route ?? 'um formulário'}`;
}

export function purposeWords(code: string | null | undefined): string | null {
  if (code === null || code === undefined) return null;
  return isPurpose(code) ? purposes[code].name : code;
}

/** How many there were and were shown. */
export function countWords({ found, shown }: EntryBody): string | null {
  if (typeof found !== 'number') return null;
  return typeof shown !== 'number' || shown === 0
    ? `${found} achados`
    : `${found} achados, ${shown} mostrados`;
}

function isText(value: string | null | undefined): value is string {
  return value !== null && value !== undefined;
}
