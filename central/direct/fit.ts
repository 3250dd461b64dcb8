import { GuaritaError } from '../../shared/errors.ts';
import type { SessionFacts } from '../../shared/sources/engine.ts';
import { postgresAddress } from '../../shared/sources/postgres-client/address.ts';
import type { SourceConfig } from '../../shared/sources/source-config.ts';
import type { DirectRule } from '../config.ts';
import { isPublicAddress, leadsToPublic } from './public-address.ts';

/** Why a database may not be read over the internet, whatever is configured. */
const never: Readonly<Partial<Record<SourceConfig['engine'], string>>> = {
  firebird: 'O Firebird só cifra com Arc4 e não confere o servidor: pela internet, não. Use a VPN (regra 1).',
  sqlite: 'O SQLite é um arquivo: não se lê pela internet. Use o agente (regra 2).',
};

/**
 * Throws `rule-unfit` for a database that this rule does not let central read where it is, or as it is configured: what a
 * VPN is told to carry, but has a public address, would go over the internet by a rule that does not ask for encryption.
 */
export function requireFit(rule: DirectRule, source: SourceConfig): void {
  const host = hostOf(source);
  if (rule !== 5 && host !== null && isPublicAddress(host)) requireVerified(source, host);
  if (rule !== 5) return;
  const reason = never[source.engine];
  if (reason !== undefined) throw new GuaritaError('rule-unfit', reason);
  if (isVerified(source)) return;
  throw new GuaritaError(
    'rule-unfit',
    'A conexão tem de ser cifrada e o certificado do servidor, conferido (--tls verify; no PostgreSQL, sslmode=verify-full).',
  );
}

/** The same of where the name of its server leads to now. Throws `rule-unfit`. */
export async function requireFitName(rule: DirectRule, source: SourceConfig): Promise<void> {
  const host = hostOf(source);
  if (rule !== 5 && host !== null && (await leadsToPublic(host))) requireVerified(source, host);
}

function requireVerified(source: SourceConfig, host: string): void {
  if (isVerified(source)) return;
  throw new GuaritaError(
    'rule-unfit',
    `"${host}" é um endereço da internet, não da VPN: só com cifra e o certificado do servidor conferido (--tls verify), ou pela regra 5.`,
  );
}

/** Throws `rule-unfit` for a session over the internet that nothing encrypts, whatever was configured. */
export function requireEncrypted(rule: DirectRule, { encryption }: SessionFacts): void {
  if (rule === 5 && encryption === null) throw new GuaritaError('rule-unfit', 'A sessão não está cifrada.');
}

/** Null of a file, and of a socket of this machine. */
function hostOf(source: SourceConfig): string | null {
  if ('url' in source) return postgresAddress(source.url)?.host ?? null;
  return 'host' in source ? source.host : null;
}

function isVerified(source: SourceConfig): boolean {
  if ('tls' in source) return source.tls.mode === 'verify';
  if (!('url' in source)) return false;
  const isOverNetwork = postgresAddress(source.url) !== null;
  return isOverNetwork && new URL(source.url).searchParams.get('sslmode') === 'verify-full';
}
