import { createTransport } from 'nodemailer';
import { faultOf } from '../../shared/describe-error.ts';
import { GuaritaError } from '../../shared/errors.ts';
import { isLoopback } from '../../shared/loopback.ts';
import type { Environment } from '../../shared/options/environment.ts';
import { readSecret } from '../../shared/options/secrets.ts';
import { readTextFile } from '../../shared/text-file.ts';
import type { Letter } from '../base/access-layer/outbox.ts';
import type { MailConfig } from './config.ts';
import type { Post } from './post.ts';

const timeoutMilliseconds = 30_000;

/**
 * Mail by SMTP (RFC 5321), encrypted unless it is to this machine (RFC 8314).
 * Throws `config-invalid`, `secret-missing`.
 */
export function smtpPost(config: MailConfig, environment: Environment): Post {
  const url = URL.parse(config.url);
  if (url === null) throw new GuaritaError('config-invalid', `mail.url: "${config.url}".`);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const secure = url.protocol === 'smtps:';
  const password = readSecret(config.password, environment);
  if ((config.user === undefined) !== (password === null)) {
    throw new GuaritaError('config-invalid', 'mail: "user" e "password" vão juntos.');
  }
  const transport = createTransport({
    ...{ host, port: url.port === '' ? (secure ? 465 : 587) : Number(url.port), secure },
    // On this machine nobody is between, and its own certificate is mostly nobody's: encrypted where its authority is named.
    ...(isLoopback(host) && config.ca === undefined ? { ignoreTLS: true } : { requireTLS: true }),
    ...(config.user === undefined ? {} : { auth: { user: config.user, pass: password ?? '' } }),
    tls: { minVersion: 'TLSv1.2', ...(config.ca === undefined ? {} : { ca: readCa(config.ca) }) },
    ...{
      connectionTimeout: timeoutMilliseconds,
      greetingTimeout: timeoutMilliseconds,
      socketTimeout: timeoutMilliseconds,
    },
    // A text is a text, and never a file or an address to be fetched.
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  const domain = config.from.slice(config.from.lastIndexOf('@') + 1);
  return {
    send: async ({ to, subject, text, created }: Letter, id: string) => {
      try {
        await transport.sendMail({
          ...{
            from: { name: 'Guarita', address: config.from },
            to: { name: '', address: to },
            subject,
            text,
          },
          textEncoding: 'quoted-printable',
          ...{ date: new Date(created), messageId: `<${id}@${domain}>` },
          // No answer of a machine is wanted (RFC 3834).
          headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': 'pt-BR' },
        });
      } catch (error) {
        throw mailError(error);
      }
    },
    close: async () => transport.close(),
  };
}

function readCa(file: string): string {
  try {
    return readTextFile(file);
  } catch (error) {
    if (error instanceof GuaritaError) throw error;
    throw new GuaritaError('config-invalid', `mail.ca: não se pode ler "${file}".`, { cause: error });
  }
}

/** What a server said may quote an address or a text, so only its three digits go on. */
function mailError(error: unknown): GuaritaError {
  const { code, command, responseCode } = error as Readonly<
    Record<'code' | 'command', string | undefined>
  > & {
    readonly responseCode?: number;
  };
  const detail = responseCode === undefined ? (code ?? '') : `SMTP ${responseCode}.`;
  const options = { cause: faultOf(error, detail) };
  if (code === 'EAUTH') return new GuaritaError('mail-login-refused', detail, options);
  // What is said to one address is of that letter alone; to any other command, of whoever sends.
  if (command === 'RCPT TO' && responseCode !== undefined) {
    return new GuaritaError(responseCode >= 500 ? 'mail-refused' : 'mail-deferred', detail, options);
  }
  return new GuaritaError('mail-unreachable', detail, options);
}
