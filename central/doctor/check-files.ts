import { existsSync } from 'node:fs';
import { agreementProblems } from '../../shared/agreement/agreement.ts';
import { writtenDay, writtenMoment } from '../../shared/day.ts';
import { failed, ok, trouble } from '../../shared/doctor/check.ts';
import { GuaritaError } from '../../shared/errors.ts';
import {
  type Certificate,
  certificateDaysLeft,
  certificateWarningDays,
} from '../../shared/signing/certificates.ts';
import {
  type AgentEntry,
  type CentralConfig,
  type DirectEntry,
  isDirectEntry,
  overOf,
  recordOf,
  type SourceEntry,
} from '../config.ts';
import { agreementAsIs } from '../direct/as-is.ts';
import { departureOf } from '../enrolment/end.ts';
import { readEnrolled, readRecord } from '../enrolment/enrolled-source.ts';
import { type GrantFacts, readGrantFacts } from '../enrolment/grant-facts.ts';
import { readAgentKeys, readGrant, readTrust } from '../enrolment/trust.ts';
import { centralIdentities, centralKeyFile } from '../identities.ts';
import type { Check } from './check.ts';

const day = 86_400_000;

/** What central needs of a source: the public key of its agent, and a grant in force, for central's own key. */
export function checkSource(source: SourceEntry, thumbprint: string | null, now: Date): Check[] {
  const over = overIn(source);
  if (over !== null) return [over];
  if (isDirectEntry(source)) return [checkAgreement(source, now)];
  return [checkAgentKey(source, now), ...agentCertificate(source, now), checkGrant(source, thumbprint, now)];
}

/** Of a state that is asked no more nothing else is needed. */
function overIn(source: SourceEntry): Check | null {
  const file = recordOf(source);
  if (file === null || overOf(source) === undefined) return null;
  const { uf } = source;
  const record = readRecord(file);
  const left = departureOf(record);
  if (left !== null) {
    return ok('grant', uf, `saiu em ${writtenMoment(left.at)} (${left.reason}); dados e provas ficam`);
  }
  const since = record.ended === null ? '' : ` desde ${writtenMoment(record.ended.at)}`;
  const renewal = isDirectEntry(source) ? 'act' : 'renew';
  const next = `Havendo aditivo: guarita-central source ${renewal} ${uf}. Se saiu: guarita-central source end ${uf} --reason …`;
  return trouble('grant', uf, 'warning', `O acordo terminou: não se coleta mais${since}.`, next);
}

function checkAgentKey(source: AgentEntry, now: Date): Check {
  try {
    const keys = readAgentKeys(source, now).map((key) => key.thumbprint);
    return ok('agent-key', source.uf, `chave do agente ${keys.join(', ')}`);
  } catch (error) {
    return failed('agent-key', source.uf, error);
  }
}

/** Central's own certificate; none is made where there is no key yet. */
export async function checkCertificate(config: CentralConfig, now: Date): Promise<Check[]> {
  if (!existsSync(centralKeyFile(config))) return [];
  try {
    const { certificate } = await centralIdentities(config).current();
    return [
      certificateCheck(
        'certificate',
        null,
        certificate,
        now,
        'A coleta o troca sozinha, quando todos os estados conhecem o próximo: veja guarita-central keys show.',
      ),
    ];
  } catch (error) {
    return [failed('certificate', null, error)];
  }
}

function agentCertificate(source: AgentEntry, now: Date): Check[] {
  try {
    const newest = readTrust(source, now).certificates?.at(-1);
    if (newest === undefined) return [];
    const next = 'A coleta o troca sozinha; se já venceu, cadastre o estado de novo (source invite).';
    return [certificateCheck('agent-certificate', source.uf, newest, now, next)];
  } catch {
    // Told by the check of the key, which comes from the certificate.
    return [];
  }
}

/** @param next what to do about one that ends soon */
export function certificateCheck(
  check: 'certificate' | 'agent-certificate' | 'console-certificate',
  subject: string | null,
  certificate: Pick<Certificate, 'end'>,
  now: Date,
  next: string,
): Check {
  const { end } = certificate;
  const days = certificateDaysLeft(certificate, now);
  if (days < 0) return trouble(check, subject, 'critical', `Venceu em ${writtenDay(end)}.`, next);
  const until = `até ${writtenDay(end)}; restam ${days} dias`;
  return days <= certificateWarningDays
    ? trouble(check, subject, 'warning', until, next)
    : ok(check, subject, until);
}

function checkGrant(source: AgentEntry, own: string | null, now: Date): Check {
  const { uf } = source;
  let grant: GrantFacts;
  let thumbprint = own;
  try {
    if ('record' in source) thumbprint = readEnrolled(source.record).centralKey;
    grant = readGrantFacts(readGrant(source));
  } catch (error) {
    return failed('grant', uf, error);
  }
  if (thumbprint !== null && grant.keyThumbprint !== thumbprint) {
    const message = `A autorização é para outra chave (${grant.keyThumbprint}).`;
    const next = 'Peça ao estado uma autorização para a chave que "guarita-central key" mostra.';
    return trouble('grant', uf, 'critical', message, next);
  }
  return termCheck(uf, grant, now, {
    extend: 'Se houve aditivo, peça ao estado uma nova autorização ("guarita-agent grant").',
    how: `${grant.views.length} visões`,
  });
}

/** The agreement under which central reads a database itself, by its own record. */
function checkAgreement({ uf, rule, direct }: DirectEntry, now: Date): Check {
  try {
    const { number: act, begin, end, views, declared } = agreementAsIs({ direct });
    if (declared !== 'active') throw new GuaritaError(agreementProblems[declared], `${uf}.`);
    const term = { act, begin: new Date(begin), end: new Date(end) };
    return termCheck(uf, term, now, {
      extend: `Se houve aditivo: guarita-central source act ${uf} --extend DIA --document …`,
      how: `regra ${rule}: a central lê o banco; ${views.length} visões`,
    });
  } catch (error) {
    return failed('grant', uf, error);
  }
}

interface TermWords {
  /** What to do where the agreement was extended. */
  readonly extend: string;
  readonly how: string;
}

function termCheck(
  uf: string,
  { act, begin, end }: Pick<GrantFacts, 'act' | 'begin' | 'end'>,
  now: Date,
  { extend, how }: TermWords,
): Check {
  const name = 'grant';
  const term = `acordo ${act}, de ${writtenDay(begin)} a ${writtenDay(end)}`;
  const left = Math.floor((end.getTime() - now.getTime()) / day);
  if (end <= now) return trouble(name, uf, 'critical', `Terminou: ${term}.`, extend);
  if (left <= 7) return trouble(name, uf, 'critical', `Restam ${left} dias: ${term}.`, extend);
  if (left <= 90) return trouble(name, uf, 'warning', `Restam ${left} dias: ${term}.`, extend);
  if (begin > now) {
    return trouble(name, uf, 'warning', `Ainda não começou: ${term}.`, 'Aguarde o primeiro dia do acordo.');
  }
  return ok(name, uf, `${term}; restam ${left} dias; ${how}`);
}
