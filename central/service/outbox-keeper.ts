import type { ProgramContext } from '../../shared/program.ts';
import { auditBase } from '../base/access-layer/audit.ts';
import type { SourceEntry } from '../config.ts';
import { postsOf } from '../outbox/posts.ts';
import { LetterSender } from './letter-sender.ts';
import { LetterWriter } from './letter-writer.ts';
import { Notifier } from './notifier.ts';
import type { Central } from './open-central.ts';
import { Reminder } from './reminder.ts';

/**
 * Tells people outside what they are to know, as long as central is in service. Without a server for mail, and without a
 * webhook, nobody is told anything, and nothing is set down.
 * Throws `config-invalid`, `secret-missing`.
 */
export async function keepOutbox(
  { base, config, state, clock, log }: Central,
  sources: () => readonly SourceEntry[],
  { environment }: Pick<ProgramContext, 'environment'>,
): Promise<{ close(): Promise<void> } | null> {
  const posts = postsOf(config, environment, () => clock.now());
  if (Object.keys(posts).length === 0) return null;
  const baseId = await base.snapshot((questions) => auditBase(questions), { use: 'pages' });
  const sender = new LetterSender({ base, baseId, posts, clock, log });
  const onAdded = () => sender.start();
  const notifier = new Notifier({ config, sources, state, base, clock, log, onAdded });
  const { origin } = config.console;
  const writer =
    posts.mail === undefined || origin === undefined
      ? null
      : new LetterWriter({
          ...{ base, origin: new URL(origin).origin, help: config.mail?.help ?? null },
          ...{ clock, log, onAdded },
        });
  const reminder = writer === null ? null : new Reminder({ base, clock, log });
  notifier.start();
  reminder?.start();
  writer?.start();
  sender.start();
  return {
    async close() {
      await reminder?.stop();
      await writer?.stop();
      await notifier.stop();
      await sender.stop();
    },
  };
}
