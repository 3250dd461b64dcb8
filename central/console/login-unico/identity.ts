import { cleanCpf } from '../../../shared/cleaning/documents/cpf.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import type { Identity, Level } from '../sign-in.ts';

/** Something that Login Único says of somebody; signed, but of no form that anybody has promised. */
export type Claims = Readonly<Record<string, unknown>>;

/** Who somebody is, by a token whose signature was checked. Throws `govbr-untrusted`, `govbr-proxy`. */
export function identityOf(claims: Claims): Identity {
  if (isTrue(claims['agent']) || (claims['grantor_account'] ?? null) !== null) {
    throw new GuaritaError('govbr-proxy');
  }
  const cpf = cpfOf(claims['sub']);
  if (cpf === null) throw new GuaritaError('govbr-untrusted', '', { members: { reason: 'sub' } });
  const { email } = claims;
  const isVerified = isTrue(claims['email_verified']) && typeof email === 'string' && email !== '';
  return { cpf, level: levelOf(claims), factor: hasFactor(claims['amr']), email: isVerified ? email : null };
}

/** Eleven digits, whose last two are those that belong to the others; with or without its points. */
function cpfOf(sub: unknown): string | null {
  if (typeof sub !== 'string') return null;
  const digits = sub.replace(/[.\s-]/g, '');
  return /^[0-9]{11}$/.test(digits) ? cleanCpf(digits, () => undefined) : null;
}

const levels: ReadonlyMap<unknown, Level> = new Map([
  ['bronze', 1],
  ['silver', 2],
  ['gold', 3],
]);

/** By `reliability_info`; null where nothing is said, or nothing that is known. */
export function levelOf({ reliability_info: info }: Claims): Level | null {
  if (typeof info !== 'object' || info === null) return null;
  return levels.get((info as Claims)['level']) ?? null;
}

/** By the list of the API: `[{ "id": "2" }]`; of several the highest. */
export function levelOfList(list: unknown): Level | null {
  if (!Array.isArray(list)) return null;
  const ids = list.flatMap((one: unknown) =>
    typeof one === 'object' && one !== null ? [(one as Claims)['id']] : [],
  );
  return ([3, 2, 1] as const).find((level) => ids.some((id) => String(id) === String(level))) ?? null;
}

/** Whether a second factor, or a certificate, was shown. What is not known is none: our own is asked then (ASVS 6.8.4). */
function hasFactor(amr: unknown): boolean {
  const methods: readonly unknown[] = Array.isArray(amr) ? amr : [amr];
  return methods.some((method) => typeof method === 'string' && /^(?:mfa$|x509(?:$|_))/.test(method));
}

/** Texts there, where the standard has booleans. */
function isTrue(said: unknown): boolean {
  return said === true || said === 'true';
}
