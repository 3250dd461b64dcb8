import type { Check } from '../../shared/doctor/check.ts';
import { sourceCheckNames } from '../../shared/doctor/source/names.ts';

/** What is looked at, and what people read for it. The names on the left are those of `--json`, and stay. */
export const checkNames = {
  config: 'configuração',
  ...sourceCheckNames,
  'state-folder': 'pasta do agente',
  secrets: 'senhas',
  key: 'chave do agente',
  certificate: 'certificado',
  agreement: 'acordo (ACT)',
  listen: 'porta do agente',
} as const;

export type CheckName = keyof typeof checkNames;

export type AgentCheck = Check<CheckName>;
