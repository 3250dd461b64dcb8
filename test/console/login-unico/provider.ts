import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Configuration, type JWK } from 'oidc-provider';
import type { Test } from 'tap';
import type { LoginUnicoConfig } from '../../../central/console/login-unico/config.ts';
import { paths } from '../../../central/console/login-unico/paths.ts';

export const clientId = 'console-1.senappen.gov.br';
export const clientSecret = 's-e.c_r~et';

/** Who signs in there next, and what is said of them. */
export interface Account {
  readonly sub: string;
  readonly amr: readonly string[];
  /** What the token says besides. */
  readonly claims: Readonly<Record<string, unknown>>;
  /** What `/userinfo/` says besides. */
  readonly userinfo?: Readonly<Record<string, unknown>>;
}

/** What the next token is instead of the one that was signed. */
export interface Twist {
  readonly head?: Readonly<Record<string, unknown>>;
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Who signs it: somebody else, or somebody who takes a public key for a secret. */
  readonly sign?: (text: string) => string;
}

export interface TestProvider {
  readonly endpoints: Omit<LoginUnicoConfig, 'clientSecret' | 'minimumLevels'>;
  /** Address of something that is no part of it. */
  readonly at: (path: string) => string;
  account: Account;
  twist: Twist | ((token: string) => string) | null;
  /** Instead of signing in: what is answered to the browser. */
  refusal: string | null;
  /** What somebody sees there, with a form that goes on; null: nothing, they go on at once. */
  page: string | null;
  /** Whoever answers instead, by path. */
  readonly instead: Map<string, RequestListener>;
  /** Paths that were asked for, and what they were asked with. */
  readonly asked: { readonly path: string; readonly authorization: string }[];
}

const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const jwk = { ...key.export({ format: 'jwk' }), kid: 'rsa1', use: 'sig', alg: 'RS256' } as JWK;

/** A real provider on loopback, with the paths, claims and traps of Login Único. */
export async function testProvider(t: Test, origin: string): Promise<TestProvider> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const at = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
  const made: TestProvider = {
    endpoints: {
      issuer: at('/'),
      authorizationEndpoint: at('/authorize'),
      tokenEndpoint: at('/token'),
      keysEndpoint: at('/jwk'),
      userinfoEndpoint: at('/userinfo/'),
      logoutEndpoint: at('/logout'),
      clientId,
      clockToleranceSeconds: 60,
      timeoutSeconds: 20,
    },
    ...{ at, twist: null, refusal: null, page: null, instead: new Map(), asked: [] },
    account: { sub: '', amr: [], claims: {} },
  };
  const provider = new Provider(at('/'), configuration(made, origin));
  provider.use(async (ctx, next) => {
    if (!ctx.path.startsWith('/interaction/')) return next();
    const { account, refusal, page } = made;
    if (page !== null && ctx.method === 'GET') {
      ctx.body = page;
      return;
    }
    const { params } = await provider.interactionDetails(ctx.req, ctx.res);
    const grant = new provider.Grant({ accountId: account.sub, clientId: String(params['client_id']) });
    grant.addOIDCScope(String(params['scope']));
    const done = {
      login: { accountId: account.sub, amr: [...account.amr] },
      consent: { grantId: await grant.save() },
    };
    const result = refusal === null ? done : { error: refusal, error_description: 'Fulana, 123.456.789-09' };
    ctx.redirect(
      await provider.interactionResult(ctx.req, ctx.res, result, { mergeWithLastSubmission: false }),
    );
  });
  provider.use(async (ctx, next) => {
    await next();
    const { twist } = made;
    if (ctx.path !== '/token' || ctx.status !== 200 || twist === null) return;
    const body = ctx.body as { id_token: string };
    body.id_token = typeof twist === 'function' ? twist(body.id_token) : twisted(body.id_token, twist);
  });
  const itself = provider.callback();
  server.on('request', (request, response) => {
    const path = new URL(request.url ?? '/', at('/')).pathname;
    made.asked.push({ path, authorization: request.headers.authorization ?? '' });
    (made.instead.get(path) ?? itself)(request, response);
  });
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return made;
}

function configuration(made: TestProvider, origin: string): Configuration {
  return {
    clients: [
      {
        ...{ client_id: clientId, client_secret: clientSecret, response_types: ['code'] },
        redirect_uris: [`${origin}${paths.callback}`],
        post_logout_redirect_uris: [`${origin}${paths.signedOut}`],
        grant_types: ['authorization_code'],
        token_endpoint_auth_method: 'client_secret_basic',
      },
    ],
    jwks: { keys: [jwk] },
    routes: {
      ...{ authorization: '/authorize', token: '/token', jwks: '/jwk', userinfo: '/userinfo/' },
      end_session: '/logout',
    },
    claims: {
      openid: ['sub', 'amr'],
      email: ['email', 'email_verified'],
      profile: ['name', 'agent'],
      govbr_confiabilidades: [],
      govbr_confiabilidades_idtoken: ['reliability_info'],
    },
    // What the scopes name stands in the token.
    conformIdTokenClaims: false,
    findAccount: (_ctx, accountId) => ({
      accountId,
      claims: (use: string) => ({
        ...{ sub: accountId, name: 'Fulana' },
        ...(use === 'userinfo' ? made.account.userinfo : made.account.claims),
      }),
    }),
    pkce: { required: () => true },
    ttl: {
      IdToken: 60,
      AccessToken: 600,
      AuthorizationCode: 60,
      Interaction: 600,
      Session: 3600,
      Grant: 3600,
    },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    cookies: { keys: ['test'] },
    renderError: (ctx, out) => {
      ctx.body = out.error;
    },
    features: { devInteractions: { enabled: false } },
  };
}

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

function decoded(part: string | undefined): Record<string, unknown> {
  return JSON.parse(Buffer.from(part ?? '', 'base64url').toString()) as Record<string, unknown>;
}

/** The token with something else in it, signed again. */
function twisted(token: string, { head = {}, claims = {}, sign: signed = signedBy(key) }: Twist): string {
  const [was, said] = token.split('.');
  const text = `${encoded({ ...decoded(was), ...head })}.${encoded({ ...decoded(said), ...claims })}`;
  return `${text}.${signed(text)}`;
}

export function signedBy(other: KeyObject): (text: string) => string {
  return (text) => sign('RSA-SHA256', Buffer.from(text), other).toString('base64url');
}

/** The key that everybody can read, as a text. */
export const publicKey = JSON.stringify({ kty: jwk.kty, n: jwk.n, e: jwk.e });
