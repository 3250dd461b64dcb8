import type { FastifyReply, FastifyRequest } from 'fastify';
import { keep } from './asker.ts';
import type { ConsoleOptions } from './options.ts';
import type { Answer } from './route.ts';
import { shell } from './shell/shell.ts';

/** Answers a browser, once what was looked at is written down. */
export function send(
  { assets }: ConsoleOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Answer,
): FastifyReply {
  for (const [name, kept] of Object.entries(answer.keep ?? {})) keep(reply, name as 'session', kept);
  // What the way back would show (ASVS 14.3.1). Not its cookies: it is still known as one from which somebody entered.
  if (answer.forgetsPages === true) reply.header('clear-site-data', '"cache", "storage"');
  // After a form always by GET, so that neither reload nor the way back sends it again.
  if ('goTo' in answer) return reply.redirect(answer.goTo, 303);
  if ('content' in answer) {
    const name = answer.name.replace(/[^\w.-]/g, '_');
    return reply
      .type(answer.mediaType)
      .header('content-disposition', `attachment; filename="${name}"`)
      .send(answer.content);
  }
  const { title, main, status = 200 } = answer;
  const { asker, allowed, url } = request;
  const page = shell({ title, main, assets, asker, allowed, path: url.split('?', 1)[0] ?? '' });
  return reply.code(status).type('text/html; charset=utf-8').send(page.toString());
}
