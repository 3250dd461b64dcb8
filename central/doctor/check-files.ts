import { failed, ok, trouble } from '../../shared/doctor/check.ts';
import type { SourceEntry } from '../config.ts';
import { type GrantFacts, readGrantFacts } from '../enrolment/grant-facts.ts';
import { readAgentKeys, readGrant } from '../enrolment/trust.ts';
import { readEnrolled } from '../enrolment/enrolled-source.ts';
import type { Check } from './check.ts';

const day = 86_400_000;

/** What central needs of a source: the public key of its agent, and a grant in force, for central's own key. */
export function checkSource(source: SourceEntry, thumbprint: string | null, now: Date): Check[] {
  return [checkAgentKey(source, now), checkGrant(source, thumbprint, now)];
}

function checkAgentKey(source: SourceEntry, now: Date): Check {
  try {
    const keys = readAgentKeys(source, now).map((key) => key.thumbprint);
    return ok('agent-key', source.uf, `chave do agente ${keys.join(', ')}`);
  } catch (error) {
    return failed('agent-key', source.uf, error);
  }
}

function checkGrant(source: SourceEntry, own: string | null, now: Date): Check {
  const { uf } = source;
  let grant: GrantFacts;
  let thumbprint = own;
  try {
    if ('record' in source) thumbprint = readEnrolled(source.record).centralKey;
    grant = readGrantFacts(readGrant(source));
  } catch (error) {
    return failed('grant', uf, error);
  }
  const name = 'grant';
  if (thumbprint !== null && grant.keyThumbprint !== thumbprint) {
    const message = `A autorização é para outra chave (${grant.keyThumbprint}).`;
    const next = 'Peça ao estado uma autorização para a chave que "guarita-central key" mostra.';
    return trouble(name, uf, 'critical', message, next);
  }
  const term = `acordo ${grant.act}, de ${dayOf(grant.begin)} a ${dayOf(grant.end)}`;
  const left = Math.floor((grant.end.getTime() - now.getTime()) / day);
  const extend = 'Se houve aditivo, peça ao estado uma nova autorização ("guarita-agent grant").';
  if (grant.end <= now) return trouble(name, uf, 'critical', `Terminou: ${term}.`, extend);
  if (left <= 7) return trouble(name, uf, 'critical', `Restam ${left} dias: ${term}.`, extend);
  if (left <= 90) return trouble(name, uf, 'warning', `Restam ${left} dias: ${term}.`, extend);
  if (grant.begin > now) {
    return trouble(name, uf, 'warning', `Ainda não começou: ${term}.`, 'Aguarde o primeiro dia do acordo.');
  }
  return ok(name, uf, `${term}; restam ${left} dias; ${grant.views.length} visões`);
}

function dayOf(instant: Date): string {
  return instant.toLocaleDateString('pt-BR', { timeZone: 'America/Sao_Paulo' });
}
