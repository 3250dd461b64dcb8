import type { Letter } from '../base/access-layer/outbox.ts';

/** A way by which letters leave. */
export interface Post {
  /**
   * Hands a letter over. What was handed over twice can be known by its `id`.
   * Throws `mail-unreachable`, `mail-login-refused`, `mail-refused`, `mail-deferred`, `webhook-unreachable`, `webhook-refused`.
   */
  send(letter: Letter, id: string): Promise<void>;
  close(): Promise<void>;
}
