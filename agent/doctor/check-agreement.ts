import { existsSync } from 'node:fs';
import { type AgreementState, daysUntil, overFrom } from '../../shared/act.ts';
import { type Agreement, stateOf } from '../../shared/agreement/agreement.ts';
import { writtenDay } from '../../shared/day.ts';
import { failed, ok, trouble } from '../../shared/doctor/check.ts';
import { certificateDaysLeft, certificateWarningDays } from '../../shared/signing/certificates.ts';
import type { AgentConfig } from '../config/config.ts';
import { type AgentHome, withHome } from '../home.ts';
import { asOwnerOf } from '../state/as-owner.ts';
import { stateFiles } from '../state/state.ts';
import type { AgentCheck } from './check.ts';

/** Certificate and agreement of an agent that has its key; no agreement is made where there is none yet. */
export async function checkAgreement(config: AgentConfig): Promise<readonly AgentCheck[]> {
  const { database } = stateFiles(config.state);
  if (!asOwnerOf(config.state, () => existsSync(database))) return [notEnrolled];
  try {
    return await withHome(config, (home) => [certificateCheck(home, Date.now()), agreementCheck(home)]);
  } catch (error) {
    return [failed('agreement', null, error)];
  }
}

const notEnrolled: AgentCheck = trouble(
  'agreement',
  null,
  'warning',
  'Este agente ainda não tem acordo.',
  'Cadastre-o com o convite da central: guarita-agent init --invite UF.convite.json',
);

function certificateCheck(home: AgentHome, now: number): AgentCheck {
  const { certificate } = home.identity();
  const { end } = certificate;
  const days = certificateDaysLeft(certificate, new Date(now));
  const until = `até ${writtenDay(end)}; restam ${Math.max(0, days)} dias`;
  const anew = 'Só um novo cadastro o troca: peça um convite à central.';
  if (days < 0) return trouble('certificate', null, 'critical', `Venceu em ${writtenDay(end)}.`, anew);
  const next = 'A coleta o troca sozinha: veja com a central por que não há coleta. [certificate-expired]';
  if (days <= certificateWarningDays) return trouble('certificate', null, 'warning', until, next);
  return ok('certificate', null, until);
}

const outside: Readonly<Record<Exclude<AgreementState, 'active'>, readonly [said: string, next: string]>> = {
  pending: ['ainda não começou', 'Aguarde o primeiro dia do acordo.'],
  suspended: ['suspenso', 'Para retomar: guarita-agent act resume'],
  ended: ['terminou', 'Havendo aditivo: guarita-agent act extend; senão: guarita-agent act status'],
  revoked: ['revogado', 'Para tirar o acesso do usuário no banco: guarita-agent act status'],
};

function agreementCheck({ agreements, instant }: AgentHome): AgentCheck {
  const agreement = agreements.find();
  if (agreement === null) return notEnrolled;
  const now = instant.now(overFrom(agreement.end));
  const state = stateOf(agreement, now);
  if (state !== 'active') {
    const [said, next] = outside[state];
    return trouble('agreement', null, 'warning', `${titleOf(agreement)}: ${said}.`, next);
  }
  const { days, warning } = daysUntil(new Date(agreement.end), now);
  const told = `${titleOf(agreement)}, até ${writtenDay(agreement.end)}; restam ${days} dias`;
  if (warning === null) return ok('agreement', null, told);
  const next = 'Havendo aditivo: guarita-agent act extend --until AAAA-MM-DD --document …';
  return trouble('agreement', null, 'warning', told, next);
}

function titleOf({ number }: Agreement): string {
  return `ACT ${number}`;
}
