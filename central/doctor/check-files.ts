import { failed, ok, trouble } from '../../shared/doctor/check.ts';
import { readPublicKey } from '../../shared/signing/keys.ts';
import type { SourceEntry } from '../config.ts';
import { type GrantFacts, readGrantFile } from '../grant-file.ts';
import type { Check } from './check.ts';

const day = 86_400_000;

/** What central needs of a source: the public key of its agent, and a grant in force, for central's own key. */
export function checkSource({ uf, agentKey, grant }: SourceEntry, thumbprint: string | null, now: Date) {
  return [checkAgentKey(uf, agentKey), checkGrant(uf, grant, thumbprint, now)];
}

function checkAgentKey(uf: string, file: string): Check {
  try {
    return ok('agent-key', uf, `chave do agente ${readPublicKey(file).thumbprint}`);
  } catch (error) {
    return failed('agent-key', uf, error);
  }
}

function checkGrant(uf: string, file: string, thumbprint: string | null, now: Date): Check {
  let grant: GrantFacts;
  try {
    grant = readGrantFile(file);
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
