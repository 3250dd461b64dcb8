import { createHmac } from 'node:crypto';
import { Agent, request } from 'undici';
import { faultOf } from '../../shared/describe-error.ts';
import { GuaritaError } from '../../shared/errors.ts';
import type { Environment } from '../../shared/options/environment.ts';
import { readSecret } from '../../shared/options/secrets.ts';
import type { Letter } from '../base/access-layer/outbox.ts';
import type { NoticesConfig } from './config.ts';
import type { Post } from './post.ts';

const timeoutMilliseconds = 30_000;
const leastSecret = 24;
const encoded = 'whsec_';

/**
 * Posts to a program of somebody else's, signed as Standard Webhooks says it (standardwebhooks.com): an HMAC-SHA-256 over id,
 * instant and body, in `webhook-signature`. The key is what `whsec_` encodes in base64, or else the secret as it is.
 * Redirections are not followed.
 * Throws `config-invalid` for a short secret, `secret-missing`.
 */
export function webhookPost(
  { url, secret }: NonNullable<NoticesConfig['webhook']>,
  environment: Environment,
  now: () => number,
): Post {
  const text = readSecret(secret, environment) ?? '';
  const key = text.startsWith(encoded)
    ? Buffer.from(text.slice(encoded.length), 'base64')
    : Buffer.from(text);
  if (key.length < leastSecret) {
    throw new GuaritaError('config-invalid', `notices.webhook.secret: menos de ${leastSecret} bytes.`);
  }
  const dispatcher = new Agent({ connect: { timeout: timeoutMilliseconds } });
  return {
    send: async ({ subject, text, created }: Letter, id: string) => {
      const body = JSON.stringify({ type: 'notice', timestamp: created, data: { subject, text } });
      const seconds = Math.floor(now() / 1000);
      const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
      const headers = {
        ...{ 'content-type': 'application/json', 'webhook-id': id },
        ...{ 'webhook-timestamp': String(seconds), 'webhook-signature': `v1,${signature}` },
      };
      const status = await statusOf(url, { body, headers, dispatcher });
      if (status < 200 || status > 299) throw new GuaritaError('webhook-refused', `HTTP ${status}.`);
    },
    close: () => dispatcher.destroy(),
  };
}

async function statusOf(
  url: string,
  {
    dispatcher,
    ...sent
  }: { readonly body: string; readonly headers: Record<string, string>; readonly dispatcher: Agent },
): Promise<number> {
  try {
    const answer = await request(url, {
      ...{ ...sent, method: 'POST', dispatcher },
      ...{ headersTimeout: timeoutMilliseconds, bodyTimeout: timeoutMilliseconds },
    });
    // Nobody reads what it says.
    answer.body.on('error', () => undefined).destroy();
    return answer.statusCode;
  } catch (error) {
    throw new GuaritaError('webhook-unreachable', '', { cause: faultOf(error, '') });
  }
}
