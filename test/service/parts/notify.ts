import { once } from 'node:events';
import { chmodSync, existsSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { createNotifier } from '../../../agent/service/notify.ts';
import { createLogger } from '../../../shared/log.ts';
import { temporaryFolder } from '../../support/sqlite-views.ts';

// What is told to systemd; that it understands is shown by `service.test.ts`.

const log = createLogger('silent', 'test');

/** A `systemd-notify` that writes down what it is told. */
function teller(t: Test): {
  environment: Record<string, string>;
  told: () => string[];
  next: () => Promise<unknown>;
} {
  const folder = temporaryFolder(t);
  const file = join(folder, 'told');
  const program = join(folder, 'systemd-notify');
  writeFileSync(program, `#!/bin/sh\necho "$* $NOTIFY_SOCKET" >>${file}\n`);
  chmodSync(program, 0o755);
  writeFileSync(file, '');
  const changes = watch(file);
  t.teardown(() => changes.close());
  return {
    environment: { PATH: `${folder}:/usr/bin:/bin`, NOTIFY_SOCKET: '/run/x' },
    told: () => (existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []),
    next: () => once(changes, 'change'),
  };
}

export async function notifies(t: Test): Promise<void> {
  await t.test('ready, and stopping', async (t) => {
    const { environment, told } = teller(t);
    const notifier = createNotifier({ environment, log, isAble: () => Promise.resolve(true) });
    await notifier.ready();
    await notifier.stopping();
    t.strictSame(told(), ['--ready /run/x', '--stopping /run/x']);
  });

  await t.test('signs of life, but only as long as it can answer', async (t) => {
    const { environment, told, next } = teller(t);
    let isAble = true;
    let asked = Promise.withResolvers<void>();
    const notifier = createNotifier({
      environment: { ...environment, WATCHDOG_USEC: '3000' },
      log,
      isAble: () => {
        asked.resolve();
        return Promise.resolve(isAble);
      },
    });
    await notifier.ready();
    while (told().length < 3) await next();
    t.strictSame(told().slice(0, 3), ['--ready /run/x', 'WATCHDOG=1 /run/x', 'WATCHDOG=1 /run/x']);

    isAble = false;
    // The sign that was under way may still come.
    for (let i = 0; i < 3; i++) {
      asked = Promise.withResolvers();
      await asked.promise;
    }
    const before = told().length;
    for (let i = 0; i < 3; i++) {
      asked = Promise.withResolvers();
      await asked.promise;
    }
    t.equal(told().length, before, 'none, though it is asked again and again');

    isAble = true;
    while (told().length === before) await next();
    await notifier.stopping();
    t.equal(told().at(-1), '--stopping /run/x');
  });

  await t.test('nobody to be told', async (t) => {
    const { environment, told } = teller(t);
    const { NOTIFY_SOCKET: _, ...without } = environment;
    const notifier = createNotifier({ environment: without, log, isAble: () => Promise.resolve(true) });
    await notifier.ready();
    await notifier.stopping();
    t.strictSame(told(), []);
  });

  await t.test('a systemd that cannot be told does not end the agent', async (t) => {
    const environment = { PATH: temporaryFolder(t), NOTIFY_SOCKET: '/run/x' };
    const notifier = createNotifier({ environment, log, isAble: () => Promise.resolve(true) });
    await t.resolves(notifier.ready());
  });
}
