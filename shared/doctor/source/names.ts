import type { Check } from '../check.ts';

/** What is looked at of a state database, and what people read for it. The names on the left are those of `--json`, and stay. */
export const sourceCheckNames = {
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
} as const;

export type SourceCheckName = keyof typeof sourceCheckNames;

export type SourceCheck = Check<SourceCheckName>;
