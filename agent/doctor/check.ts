import type { Check } from '../../shared/doctor/check.ts';

/** What is looked at, and what people read for it. The names on the left are those of `--json`, and stay. */
export const checkNames = {
  config: 'configuração',
  route: 'rota até o banco',
  tls: 'cifra',
  login: 'login',
  'read-only': 'só leitura',
  clock: 'relógio',
  'time-zone': 'fuso',
  replica: 'réplica',
  characters: 'caracteres',
  view: 'visão',
  dictionary: 'dicionário',
  rows: 'linhas',
  keys: 'chaves',
  log: 'log de mudanças',
  watermarks: 'marca d’água',
  order: 'índice',
  text: 'textos',
  values: 'valores',
  steady: 'valores estáveis',
  'first-load': 'primeira carga',
  'state-folder': 'pasta do agente',
  secrets: 'senhas',
  key: 'chave do agente',
  certificate: 'certificado',
  agreement: 'acordo (ACT)',
  listen: 'porta do agente',
} as const;

export type CheckName = keyof typeof checkNames;

export type AgentCheck = Check<CheckName>;

/** A check that was not made, because another one failed on which it depends. */
export function unchecked(check: CheckName, subject: string | null, because: CheckName): AgentCheck {
  const message = `não verificado (depende de: ${checkNames[because]})`;
  return { check, subject, health: 'unchecked', message, next: null };
}
