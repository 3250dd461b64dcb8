import { GuaritaError } from '../../../shared/errors.ts';

/** Why something is done, which the audit keeps. Throws `option-invalid`. */
export function reasonOf({ reason }: { readonly reason: string }): string {
  const said = reason.trim();
  if (said === '') throw new GuaritaError('option-invalid', '--reason: diga por quê.');
  return said;
}
