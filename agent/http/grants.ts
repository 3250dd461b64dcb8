import { randomUUID } from 'node:crypto';
import fastifyJwt from '@fastify/jwt';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import Value from 'typebox/value';
import { type AgreementTerm, overFrom } from '../../shared/act.ts';
import { count } from '../../shared/count-format.ts';
import { GuaritaError } from '../../shared/errors.ts';
import type { OwnKeys } from '../../shared/signed-records.ts';
import type { KeyPair, PublicKey } from '../../shared/signing/keys.ts';
import { mostGrantBytes } from './limits.ts';

/** Of a token that this agent signed: one by another version, or by who has its key, may hold anything. */
const grantSchema = Type.Object({
  iss: Type.String(),
  sub: Type.String(),
  jti: Type.String(),
  act: Type.String(),
  nbf: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
  exp: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
  views: Type.Array(Type.String()),
  cnf: Type.Object({ jkt: Type.String() }),
});

/** The claims of a grant (protocol.md G1): who may read which views, under which agreement, until when. */
export interface Grant {
  /** The agent that issued it. */
  readonly iss: string;
  /** The central that may use it. */
  readonly sub: string;
  readonly jti: string;
  /** Number of the agreement (ACT). */
  readonly act: string;
  /** First and last second of the agreement, since 1970. */
  readonly nbf: number;
  readonly exp: number;
  readonly views: readonly string[];
  /** Thumbprint of the only key that may use it (RFC 7800). */
  readonly cnf: { readonly jkt: string };
}

declare module 'fastify' {
  interface FastifyInstance {
    grantKeys(): OwnKeys;
  }
}

declare module '@fastify/jwt' {
  interface FastifyJWT {
    payload: Grant;
  }
}

/**
 * Grants are JWTs signed with the agent's own key: the state, as owner of the data, is their issuer. After that key was
 * exchanged, those that it had signed hold for the overlap.
 */
export async function registerGrants(app: FastifyInstance, id: string, keys: () => OwnKeys): Promise<void> {
  app.decorate('grantKeys', keys);
  const { current } = keys();
  await app.register(fastifyJwt, {
    secret: { private: privatePem(current), public: publicPem(current) },
    sign: { algorithm: 'EdDSA', noTimestamp: true },
    verify: {
      algorithms: ['EdDSA'],
      allowedIss: id,
      // The dates are judged below, by the clock that judges signatures too.
      ignoreExpiration: true,
      ignoreNotBefore: true,
      requiredClaims: ['sub', 'jti', 'act', 'nbf', 'exp', 'views', 'cnf'],
    },
  });
}

function privatePem(key: KeyPair): string {
  return key.privateKeyObject.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function publicPem(key: PublicKey): string {
  return key.keyObject.export({ type: 'spki', format: 'pem' }).toString();
}

interface GrantRequest {
  readonly issuer: string;
  readonly subject: string;
  readonly act: string;
  readonly term: AgreementTerm;
  readonly views: readonly string[];
  readonly key: PublicKey;
}

/** Throws `grant-too-large`: each request carries it in a header. */
export function issueGrant(app: FastifyInstance, request: GrantRequest): string {
  const token = app.jwt.sign(
    {
      iss: request.issuer,
      sub: request.subject,
      jti: randomUUID(),
      act: request.act,
      nbf: Math.floor(request.term.begin.getTime() / 1000),
      exp: Math.floor(request.term.end.getTime() / 1000),
      views: request.views,
      cnf: { jkt: request.key.thumbprint },
    },
    { key: privatePem(app.grantKeys().current) },
  );
  if (token.length > mostGrantBytes) {
    const size = `${count.format(token.length)} bytes, de até ${count.format(mostGrantBytes)}`;
    throw new GuaritaError('grant-too-large', `${request.views.length} visões: ${size}.`);
  }
  return token;
}

/**
 * The grant of an `Authorization` header, whatever its dates; by a key that was exchanged, during the overlap alone.
 * Throws `grant-missing`, `grant-invalid`.
 * @param now milliseconds since 1970
 */
export function readGrant(app: FastifyInstance, authorization: string | undefined, now: number): Grant {
  const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) throw new GuaritaError('grant-missing');
  const { current, retired } = app.grantKeys();
  let failure: unknown;
  const overlapping = retired.filter(({ until }) => now < until.getTime()).map(({ key }) => key);
  for (const key of [current, ...overlapping]) {
    try {
      return requireShape(app.jwt.verify<object>(token, { key: publicPem(key) }));
    } catch (error) {
      failure ??= error;
    }
  }
  throw new GuaritaError('grant-invalid', '', { cause: failure });
}

/** Throws `grant-invalid`. */
function requireShape(claims: unknown): Grant {
  if (Value.Check(grantSchema, claims)) return claims;
  throw new GuaritaError('grant-invalid', 'O conteúdo não é o de uma autorização.');
}

/**
 * The dates of a grant, once its signature is known to hold: a foreign grant never learns about the term. `exp` is the
 * last second, which still belongs to it.
 * Throws `grant-not-yet-valid`, `grant-expired`.
 * @param now seconds since 1970
 */
export function requireInForce(grant: Grant, now: number): void {
  if (!(now >= grant.nbf)) throw new GuaritaError('grant-not-yet-valid');
  if (!(now < overFrom(new Date(grant.exp * 1000)) / 1000)) throw new GuaritaError('grant-expired');
}
