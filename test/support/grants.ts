import { createSigner } from 'fast-jwt';
import { generateKeyPair } from '../../shared/signing/keys.ts';

export interface GrantClaims {
  readonly act: string;
  /** Seconds since 1970. */
  readonly nbf: number;
  readonly exp: number;
  readonly views: readonly string[];
  readonly cnf: { readonly jkt: string };
}

/** A grant by some agent, in force for two more years unless a test says otherwise. */
export function grantToken(changes: Partial<GrantClaims> = {}): string {
  const key = generateKeyPair().privateKeyObject.export({ type: 'pkcs8', format: 'pem' }).toString();
  const now = Math.floor(Date.now() / 1000);
  const term = { nbf: now - 86_400, exp: now + 730 * 86_400 };
  const claims = { iss: 'AL', sub: 'SENAPPEN', jti: '1', act: '1/2026', ...term, views: ['custodiado'] };
  const sign = createSigner({ key, algorithm: 'EdDSA', noTimestamp: true });
  return sign({ ...claims, cnf: { jkt: 'none' }, ...changes });
}
