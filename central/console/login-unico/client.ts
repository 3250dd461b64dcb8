import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type ClientAuth,
  Configuration,
  calculatePKCECodeChallenge,
  clockTolerance,
  customFetch,
  enableNonRepudiationChecks,
  fetchProtectedResource,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { GuaritaError } from '../../../shared/errors.ts';
import type { Logger } from '../../../shared/log.ts';
import { problemOf } from '../../../shared/problems/catalogue.ts';
import { isRole } from '../access/roles.ts';
import type { Identity, Level, LoginUnico } from '../sign-in.ts';
import type { LoginUnicoConfig } from './config.ts';
import { failureOf } from './failures.ts';
import { identityOf, levelOf, levelOfList } from './identity.ts';
import { limitedFetch } from './limited-fetch.ts';
import { paths } from './paths.ts';

const scope = 'openid email profile govbr_confiabilidades govbr_confiabilidades_idtoken';

/** Login Único, asked as its public guide says. One for the whole process, since it keeps the provider's keys. */
export function openLoginUnico(
  config: LoginUnicoConfig,
  { secret, origin, log }: { readonly secret: string; readonly origin: () => string; readonly log: Logger },
): LoginUnico {
  const client = clientOf(config, secret);
  const returnTo = () => `${origin()}${paths.callback}`;
  return {
    begin: async () => {
      const begun = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
      const { state, nonce, verifier } = begun;
      const goTo = buildAuthorizationUrl(client, {
        ...{ redirect_uri: returnTo(), scope, state, nonce },
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      });
      return { goTo: goTo.href, begun };
    },
    finish: async ({ state, nonce, verifier }, query) => {
      try {
        const returned = new URL(returnTo());
        returned.search = query.toString();
        const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier };
        const tokens = await authorizationCodeGrant(client, returned, { ...checks, idTokenExpected: true });
        const claims = tokens.claims();
        if (claims === undefined) throw new GuaritaError('govbr-untrusted');
        const identity = identityOf(claims);
        const level =
          identity.level ?? (await levelAsked(client, config, tokens.access_token, claims.sub, identity));
        return { ...identity, level };
      } catch (error) {
        const failure = failureOf(error);
        const { code, members } = failure;
        log[problemOf(code).status >= 500 ? 'warn' : 'info'](
          { code, ...members },
          'Login Único let nobody in',
        );
        throw failure;
      }
    },
    levelFor: (roles) =>
      roles.reduce<Level>((least, role) => {
        const wanted = isRole(role) ? (config.minimumLevels[role] as Level) : 1;
        return wanted > least ? wanted : least;
      }, 1),
    signOutAt: () => {
      const url = new URL(config.logoutEndpoint);
      url.searchParams.set('post_logout_redirect_uri', `${origin()}${paths.signedOut}`);
      return url.href;
    },
  };
}

function clientOf(config: LoginUnicoConfig, secret: string): Configuration {
  const { clientId, clockToleranceSeconds, timeoutSeconds } = config;
  const server = {
    issuer: config.issuer,
    authorization_endpoint: config.authorizationEndpoint,
    token_endpoint: config.tokenEndpoint,
    userinfo_endpoint: config.userinfoEndpoint,
    jwks_uri: config.keysEndpoint,
    id_token_signing_alg_values_supported: ['RS256'],
  };
  const client = new Configuration(
    server,
    clientId,
    { [clockTolerance]: clockToleranceSeconds },
    plainBasic(secret),
  );
  client.timeout = timeoutSeconds;
  client[customFetch] = limitedFetch;
  // Without it the signature of a token that came by TLS is not looked at.
  enableNonRepudiationChecks(client);
  // The configuration's schema has it on loopback only.
  if (config.tokenEndpoint.startsWith('http:')) allowInsecureRequests(client);
  return client;
}

/** As its guide shows it: OAuth has both parts encoded before, by which a name with a point would be another one. */
function plainBasic(secret: string): ClientAuth {
  return (_server, { client_id: id }, _body, headers) => {
    headers.set('authorization', `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`);
  };
}

/** Where the token does not say it: what is known of the account, then the API of which it is asked by CPF. */
async function levelAsked(
  client: Configuration,
  { levelsEndpoint }: LoginUnicoConfig,
  token: string,
  sub: string,
  { cpf }: Identity,
): Promise<Level | null> {
  const told = levelOf(await fetchUserInfo(client, token, sub));
  if (told !== null || levelsEndpoint === undefined) return told;
  const url = new URL(`${levelsEndpoint.replace(/\/$/, '')}/contas/${cpf}/niveis?response-type=ids`);
  const answer = await fetchProtectedResource(client, token, url, 'GET');
  if (!answer.ok)
    throw new GuaritaError('govbr-untrusted', '', { members: { reason: `levels-${answer.status}` } });
  return levelOfList(await answer.json());
}
