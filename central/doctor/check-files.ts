import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { asGuaritaError } from '../../shared/errors.ts';
import { problemOf } from '../../shared/protocol/problems.ts';
import { readOrCreateKeyPair, readPublicKey } from '../../shared/signing/keys.ts';
import type { SourceEntry } from '../config.ts';
import { type GrantFacts, readGrantFile } from '../grant-file.ts';
import { type Check, ok, trouble } from './check.ts';

const day = 86_400_000;

/** The folder of central: nobody else may look into it, and central must be able to write. */
export function checkStateFolder(folder: string): Check {
  const name = 'state-folder';
  if (!existsSync(folder)) {
    const next = 'Confira "state" na configuração; se a central ainda não coletou, a primeira coleta a cria.';
    return trouble(name, null, 'warning', `A pasta "${folder}" não existe.`, next);
  }
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    const next = 'Rode como o usuário da central, ou dê a ele a pasta (chown).';
    return trouble(name, null, 'critical', `Sem permissão para gravar em "${folder}".`, next);
  }
  if (isOpenToOthers(folder)) {
    const message = `Outros usuários têm acesso à pasta "${folder}".`;
    return trouble(name, null, 'warning', message, `Rode: chmod 700 "${folder}"`);
  }
  return ok(name, null, `pasta "${folder}"`);
}

/** Central's own key; null beside the check when there is none to be used. It is not made here. */
export function checkKey(file: string): { readonly check: Check; readonly thumbprint: string | null } {
  if (!existsSync(file)) {
    const next =
      'Se ela se perdeu, recupere-a de uma cópia; senão rode "guarita-central key" e peça novas autorizações.';
    const check = trouble('key', null, 'critical', `Não há chave em "${file}".`, next);
    return { check, thumbprint: null };
  }
  try {
    const { thumbprint } = readOrCreateKeyPair(file);
    return { check: ok('key', null, `chave ${thumbprint}`), thumbprint };
  } catch (error) {
    return { check: failed('key', null, error), thumbprint: null };
  }
}

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

/** Whether others than the owner may do anything with it; not to be told on Windows. */
export function isOpenToOthers(path: string): boolean {
  return process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0;
}

/** An error of the catalogue as a check. */
export function failed(check: Check['check'], subject: string | null, error: unknown): Check {
  const known = asGuaritaError(error);
  const { title, hint } = problemOf(known.code).pt;
  const detail = known.detail === '' ? '' : ` ${known.detail}`;
  return trouble(check, subject, 'critical', `${title}${detail} [${known.code}]`, hint);
}

function dayOf(instant: Date): string {
  return instant.toLocaleDateString('pt-BR', { timeZone: 'America/Sao_Paulo' });
}
