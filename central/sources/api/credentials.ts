import type { Configuration, CustomFetch } from 'openid-client';
import { faultOf } from '../../../shared/describe-error.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import type { Environment } from '../../../shared/options/environment.ts';
import { readSecret } from '../../../shared/options/secrets.ts';
import type { AuthConfig } from './api-schema.ts';

/** What each request shows the API, to be asked for anew with each attempt: a token may have ended meanwhile. */
export interface Credentials {
  headers(): Promise<Record<string, string>>;
  /** Called when the API refused them; whether there may be others now. */
  renew(): boolean;
}

/**
 * Reads the secrets that a declaration refers to. Throws `secret-missing`.
 * @param fetch how the token's address is asked, over the same connections as the API
 */
export function openCredentials(
  auth: AuthConfig | undefined,
  {
    environment,
    fetch,
    now,
  }: { readonly environment: Environment; readonly fetch: CustomFetch; readonly now: () => number },
): Credentials {
  const secret = (reference: Parameters<typeof readSecret>[0]) => readSecret(reference, environment) ?? '';
  if (auth?.bearer !== undefined) return fixed({ authorization: `Bearer ${secret(auth.bearer)}` });
  if (auth?.basic !== undefined) {
    const { user, password } = auth.basic;
    const pair = Buffer.from(`${user}:${secret(password)}`).toString('base64');
    return fixed({ authorization: `Basic ${pair}` });
  }
  if (auth?.apiKey !== undefined)
    return fixed({ [auth.apiKey.header.toLowerCase()]: secret(auth.apiKey.value) });
  if (auth?.oauth2 === undefined) return fixed({});
  return clientCredentials(auth.oauth2, { secret: secret(auth.oauth2.client), fetch, now });
}

function fixed(headers: Record<string, string>): Credentials {
  return { headers: () => Promise.resolve(headers), renew: () => false };
}

/** Before its end a token is left for a new one: it has to last until the request is there. */
const leastSeconds = 30;

function clientCredentials(
  { tokenUrl, clientId, scope }: NonNullable<AuthConfig['oauth2']>,
  {
    secret,
    fetch,
    now,
  }: { readonly secret: string; readonly fetch: CustomFetch; readonly now: () => number },
): Credentials {
  // Loaded where it is used: most programs ask nobody for a token.
  const open = async () => {
    const openid = await import('openid-client');
    const server = { issuer: new URL(tokenUrl).origin, token_endpoint: tokenUrl };
    const opened = new openid.Configuration(server, clientId, undefined, openid.ClientSecretBasic(secret));
    opened[openid.customFetch] = fetch;
    // Where the rule forbids it, the declaration was refused.
    if (tokenUrl.startsWith('http:')) openid.allowInsecureRequests(opened);
    return opened;
  };
  let client: Promise<Configuration> | null = null;
  let token: { readonly text: string; readonly until: number } | null = null;
  return {
    headers: async () => {
      if (token === null || token.until <= now()) {
        const answer = await grantOf(await (client ??= open()), scope);
        const seconds = answer.expires_in ?? Number.POSITIVE_INFINITY;
        token = {
          text: answer.access_token,
          until: now() + Math.max(seconds - leastSeconds, seconds / 2) * 1000,
        };
      }
      return { authorization: `Bearer ${token.text}` };
    },
    renew: () => {
      token = null;
      return true;
    },
  };
}

async function grantOf(client: Configuration, scope: string | undefined) {
  const { clientCredentialsGrant } = await import('openid-client');
  try {
    return await clientCredentialsGrant(client, scope === undefined ? {} : { scope });
  } catch (error) {
    // What its own transport failed on comes back as the cause, or as it was thrown.
    for (const each of [error, (error as Error).cause]) if (each instanceof GuaritaError) throw each;
    throw new GuaritaError('api-login-refused', 'Não veio um token de tokenUrl.', { cause: faultOf(error) });
  }
}
