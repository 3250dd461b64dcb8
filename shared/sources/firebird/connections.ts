import type { ConnectionPool } from '../sessions.ts';
import { type AttachmentOptions, FirebirdAttachment } from './attachment.ts';

/** Attachments to one database, kept for the next question; those that were lost meanwhile are not given out. */
export class FirebirdPool implements ConnectionPool<FirebirdAttachment> {
  readonly #options: AttachmentOptions;
  readonly #most: number;
  readonly #idle: FirebirdAttachment[] = [];
  readonly #waiting: PromiseWithResolvers<FirebirdAttachment>[] = [];
  /** Attachments in use or about to be. */
  #used = 0;
  #ended = false;

  /** @param most attachments at once; who asks for more waits */
  constructor(options: AttachmentOptions, most: number) {
    this.#options = options;
    this.#most = most;
  }

  connect(): Promise<FirebirdAttachment> {
    const asked = Promise.withResolvers<FirebirdAttachment>();
    this.#waiting.push(asked);
    this.#serve();
    return asked.promise;
  }

  release(attachment: FirebirdAttachment, broken: boolean): void {
    this.#used--;
    if (broken) attachment.destroy();
    else if (this.#ended) attachment.end();
    else if (attachment.isOpen) this.#idle.push(attachment);
    this.#serve();
  }

  /** Ends those that nobody uses: what an attachment has seen of the catalogue it may keep for ever. */
  renew(): void {
    for (const attachment of this.#idle.splice(0)) attachment.end();
  }

  end(): Promise<void> {
    this.#ended = true;
    this.renew();
    return Promise.resolve();
  }

  #serve(): void {
    while (this.#used < this.#most) {
      const asked = this.#waiting.shift();
      if (asked === undefined) return;
      this.#used++;
      this.#attachment().then(asked.resolve, (error: unknown) => {
        this.#used--;
        asked.reject(error);
        this.#serve();
      });
    }
  }

  async #attachment(): Promise<FirebirdAttachment> {
    for (let kept = this.#idle.pop(); kept !== undefined; kept = this.#idle.pop()) {
      if (kept.isOpen) return kept;
    }
    return FirebirdAttachment.open(this.#options);
  }
}
