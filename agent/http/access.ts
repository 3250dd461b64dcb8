import type { FastifyInstance, FastifyRequest } from 'fastify';
import { GuaritaError } from '../../shared/errors.ts';
import {
  maxClockSkewSeconds,
  maxSignatureAgeSeconds,
  type SignatureFacts,
  type SignedRequest,
  verifyRequest,
} from '../../shared/signing/messages.ts';
import type { AgentHome } from '../home.ts';
import type { NonceStore } from '../state/nonces.ts';
import { isCanonicalPath } from './canonical-path.ts';
import { type Grant, readGrant, requireInForce } from './grants.ts';

/**
 * What a route asks of its callers. A route that says nothing is closed to everyone without a grant. `renewal`: the
 * grant may be past its own dates, as long as the agreement that it names is in force, since a new one is asked for.
 */
type Access = 'public' | 'granted' | 'renewal';

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
  interface FastifyRequest {
    /** The verified grant; null on public routes and before verification. */
    grant: Grant | null;
    /** `keyid` of the verified signature. */
    keyid: string | null;
  }
}

interface AccessOptions {
  readonly nonces: NonceStore;
  readonly home: Pick<AgentHome, 'agreements' | 'clientKeys' | 'instant'>;
  /** The agent's clock, in milliseconds since 1970. */
  readonly clock: () => number;
}

/** Invariant 6: nobody in without a grant and a fresh, single-use signature by the key that the grant names. */
export function guardAccess(app: FastifyInstance, options: AccessOptions): void {
  app.decorateRequest('grant', null);
  app.decorateRequest('keyid', null);
  app.addHook('onRequest', async (request) => {
    if (!isCanonicalPath(request.originalUrl)) throw new GuaritaError('path-not-canonical');
    // The resolved route decides, never the raw path; an unknown route has no config and is denied like any other.
    const { access } = request.routeOptions.config;
    if (access === 'public') return;
    const { agreements, instant } = options.home;
    const grant = readGrant(app, request.headers.authorization, options.clock());
    const { number, views } = agreements.require();
    if (access !== 'renewal') requireInForce(grant, instant.now() / 1000);
    // An agreement that took the place of another one takes its grants back, too.
    if (grant.act !== number) throw new GuaritaError('grant-invalid', `É do ACT ${grant.act}.`);
    const facts = await verifySignature(request, grant, options);
    requireFresh(facts, options);
    instant.witness(facts.created * 1000);
    request.grant = { ...grant, views: grant.views.filter((view) => views.includes(view)) };
    request.keyid = facts.keyid;
    requireView(request, request.grant);
  });
}

/** The parts of a request that its signature covers, and the signature itself, which the response is bound to. */
export function signedRequestOf(request: FastifyRequest): SignedRequest {
  const headers: Record<string, string> = {};
  for (const name of ['authorization', 'content-digest', 'signature', 'signature-input']) {
    const value = request.headers[name];
    if (typeof value === 'string') headers[name] = value;
  }
  const targetUri = `${request.protocol}://${request.headers.host ?? ''}${request.originalUrl}`;
  return { method: request.method, targetUri, headers };
}

async function verifySignature(
  request: FastifyRequest,
  grant: Grant,
  { home, clock }: AccessOptions,
): Promise<SignatureFacts> {
  const signed = signedRequestOf(request);
  if (signed.headers['signature'] === undefined || signed.headers['signature-input'] === undefined) {
    throw new GuaritaError('signature-missing');
  }
  const key = home.clientKeys.find(grant.cnf.jkt, clock())?.key;
  if (key === undefined) throw new GuaritaError('signature-key-mismatch');
  let facts: SignatureFacts;
  try {
    facts = await verifyRequest(signed, key);
  } catch (error) {
    const claimed = /;keyid="([^"]*)"/.exec(signed.headers['signature-input'])?.[1];
    const code = claimed === key.thumbprint ? 'signature-invalid' : 'signature-key-mismatch';
    throw new GuaritaError(code, '', { cause: error });
  }
  if (facts.keyid !== key.thumbprint) throw new GuaritaError('signature-key-mismatch');
  return facts;
}

function requireFresh(facts: SignatureFacts, { nonces, clock }: AccessOptions): void {
  const now = clock() / 1000;
  const skewSeconds = Math.round(facts.created - now);
  const lifetime = facts.expires - facts.created;
  if (lifetime < 0 || lifetime > maxSignatureAgeSeconds) {
    throw new GuaritaError(
      'signature-invalid',
      `Uma assinatura vale no máximo ${maxSignatureAgeSeconds} segundos.`,
    );
  }
  if (Math.abs(skewSeconds) > maxClockSkewSeconds || facts.expires < now) {
    throw new GuaritaError('clock-skew', `Quem assinou está ${skewSeconds} s adiante do agente.`, {
      members: { skewSeconds },
    });
  }
  const keepUntil = facts.expires + maxClockSkewSeconds;
  if (!nonces.use(facts.keyid, facts.nonce, keepUntil, now)) throw new GuaritaError('nonce-replayed');
}

function requireView(request: FastifyRequest, grant: Grant): void {
  const { view } = (request.params ?? {}) as { view?: string };
  if (view !== undefined && !grant.views.includes(view)) {
    throw new GuaritaError('view-not-granted', `Visão "${view}".`);
  }
}
