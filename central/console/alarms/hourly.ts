import type { FastifyInstance } from 'fastify';
import { asGuaritaError } from '../../../shared/errors.ts';
import type { Logger } from '../../../shared/log.ts';
import type { Base } from '../../base/base.ts';
import { raiseAll } from './raise.ts';

const hour = 60 * 60_000;

interface Judged {
  readonly base: Base;
  readonly log: Logger;
  readonly clock?: () => Date;
}

/** While the console listens it judges once an hour what nobody's look brings about. */
export function raiseHourly(app: FastifyInstance, { base, log, clock = () => new Date() }: Judged): void {
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;
  const closing = new AbortController();
  const judge = async () => {
    try {
      await raiseAll(base, clock(), closing.signal);
    } catch (error) {
      if (closing.signal.aborted) return;
      const { code } = asGuaritaError(error);
      log.warn({ code, err: error }, 'alarms cannot be judged');
    }
  };
  app.addHook('onListen', () => {
    // One behind the other, where one takes longer than an hour.
    timer = setInterval(() => void (running = running.then(judge)), hour).unref();
    running = judge();
  });
  app.addHook('onClose', async () => {
    if (timer !== null) clearInterval(timer);
    closing.abort();
    await running;
  });
}
