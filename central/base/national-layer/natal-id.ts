import { hash } from 'node:crypto';
import type { Role } from '../../../shared/dictionary/roles.ts';

/**
 * The id of a register, made of nothing but whose it is: a UUID of version 8 (RFC 9562) of SHA-256. A person is named
 * after the earliest of their registers.
 */
export function natalId(source: string, role: Role, id: string): string {
  const digest = hash('sha256', `${source}\0${role}\0${id}`, 'hex');
  const variant = (8 + (Number.parseInt(digest.charAt(16), 16) & 3)).toString(16);
  const parts = [digest.slice(0, 8), digest.slice(8, 12), `8${digest.slice(13, 16)}`];
  return [...parts, `${variant}${digest.slice(17, 20)}`, digest.slice(20, 32)].join('-');
}
