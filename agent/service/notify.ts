import { execFile } from 'node:child_process';
import type { Logger } from '../../shared/log.ts';
import type { Environment } from '../../shared/options/environment.ts';

/** What a service tells the system's manager of itself; where none has asked to be told, it tells nobody. */
export interface Notifier {
  /** It answers from now on. Also begins to give signs of life, if they are waited for. */
  ready(): Promise<void>;
  /** It ends as soon as what is in hand is done. */
  stopping(): Promise<void>;
}

interface NotifyOptions {
  readonly environment: Environment;
  readonly log: Logger;
  /** Whether it could answer right now. A sign of life is given only then. */
  readonly isAble: () => Promise<boolean>;
}

const silent: Notifier = { ready: () => Promise.resolve(), stopping: () => Promise.resolve() };

/**
 * Tells systemd, by its own `systemd-notify`: Node has no datagram sockets of the local kind
 * (docs/decisions/0019-service.md).
 */
export function createNotifier({ environment, log, isAble }: NotifyOptions): Notifier {
  const { NOTIFY_SOCKET, PATH, WATCHDOG_USEC } = environment;
  if (NOTIFY_SOCKET === undefined) return silent;
  const tell = (...words: string[]) =>
    new Promise<void>((resolve) => {
      const env = { PATH, NOTIFY_SOCKET };
      execFile('systemd-notify', words, { env, timeout: 20_000 }, (error) => {
        if (error !== null) log.error({ err: error }, 'systemd could not be told');
        resolve();
      });
    });
  const patience = Number(WATCHDOG_USEC ?? 0) / 1000;
  let signs: NodeJS.Timeout | undefined;
  let sign = Promise.resolve();
  const giveSign = async () => {
    if (await isAble()) await tell('WATCHDOG=1');
    // The next one after this one is done, so that they never pile up. A timer fires only in a loop that turns.
    signs?.refresh();
  };
  return {
    async ready() {
      await tell('--ready');
      const next = () => {
        sign = giveSign();
      };
      if (patience > 0) signs = setTimeout(next, patience / 3);
    },
    async stopping() {
      clearTimeout(signs);
      signs = undefined;
      await sign;
      await tell('--stopping');
    },
  };
}
