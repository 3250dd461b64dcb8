import type { Environment } from '../../options/environment.ts';
import { postgresAddress } from './address.ts';

/** What made the driver encrypt where the address says nothing of it. */
const encrypting: ReadonlySet<string> = new Set([
  'prefer',
  'require',
  'verify-ca',
  'verify-full',
  'no-verify',
]);

/**
 * Whether a connection was encrypted by PGSSLMODE alone, up to 0.1.0: the environment is not looked at any more, and it
 * goes in clear until its address says how.
 */
export function lostTls(address: string, environment: Environment): boolean {
  const parsed = URL.parse(address);
  // Whoever opens it is told.
  if (parsed === null) return false;
  const { searchParams } = parsed;
  const isSaid = [...searchParams.keys()].some((name) => name.startsWith('ssl'));
  return !isSaid && postgresAddress(address) !== null && encrypting.has(environment['PGSSLMODE'] ?? '');
}

/** What operators of both programs are told when they start. */
export const lostTlsWarning =
  'PGSSLMODE is not looked at any more: connections to the database are not encrypted. Say sslmode in its address';
