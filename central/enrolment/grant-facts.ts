import { createDecoder } from 'fast-jwt';
import Type from 'typebox';
import Value from 'typebox/value';
import { GuaritaError } from '../../shared/errors.ts';

/** What a grant says of itself (docs/protocol.md G1). */
export interface GrantFacts {
  /** Number of the agreement (ACT). */
  readonly act: string;
  /** Its first and its last second. */
  readonly begin: Date;
  readonly end: Date;
  readonly views: readonly string[];
  /** Thumbprint of the one key that may use it. */
  readonly keyThumbprint: string;
}

const claimsSchema = Type.Object({
  act: Type.String(),
  nbf: Type.Integer(),
  exp: Type.Integer(),
  views: Type.Array(Type.String()),
  cnf: Type.Object({ jkt: Type.String() }),
});

/**
 * Reads a grant that central holds. Its signature is not verified: the agent does so with each request, and here
 * nothing is decided by it, only told.
 * Throws `grant-invalid`.
 */
export function readGrantFacts(token: string): GrantFacts {
  const claims = decode(token);
  if (!Value.Check(claimsSchema, claims)) throw new GuaritaError('grant-invalid');
  const { act, nbf, exp, views, cnf } = claims;
  return { act, begin: instant(nbf), end: instant(exp), views, keyThumbprint: cnf.jkt };
}

/** The error of the library is left out: it may quote the grant, which is a secret. */
function decode(token: string): unknown {
  try {
    const claims: unknown = createDecoder()(token);
    return claims;
  } catch {
    throw new GuaritaError('grant-invalid');
  }
}

function instant(seconds: number): Date {
  return new Date(seconds * 1000);
}
