import { GuaritaError } from '../../shared/errors.ts';
import type { Environment } from '../../shared/options/environment.ts';
import type { Means } from '../base/access-layer/outbox.ts';
import type { MailConfig, NoticesConfig } from './config.ts';
import type { Post } from './post.ts';
import { smtpPost } from './smtp.ts';
import { webhookPost } from './webhook.ts';

export interface OutboxConfig {
  readonly mail?: MailConfig | undefined;
  readonly notices: NoticesConfig;
}

/** The ways that are configured by which letters leave. Throws `config-invalid`, `secret-missing`. */
export function postsOf(
  { mail, notices }: OutboxConfig,
  environment: Environment,
  now: () => number,
): Partial<Record<Means, Post>> {
  if (mail === undefined && notices.mail.length > 0) {
    throw new GuaritaError('config-invalid', 'notices.mail: falta "mail", o servidor de correio.');
  }
  return {
    ...(mail === undefined ? {} : { mail: smtpPost(mail, environment) }),
    ...(notices.webhook === undefined ? {} : { webhook: webhookPost(notices.webhook, environment, now) }),
  };
}
