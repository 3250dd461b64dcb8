import type { SourceEntry } from '../config.ts';

const everyMilliseconds = 5000;

/**
 * Looks every few seconds whether a state was enrolled, enrolled anew at another address, ended or taken up again, and tells of it. What
 * cannot be read at one look (`onFailure`) is read again at the next.
 */
export class EnrolledWatch {
  readonly #timer: NodeJS.Timeout;
  #seen: ReadonlyMap<string, string>;

  constructor(
    read: () => readonly SourceEntry[],
    onChange: (changed: readonly SourceEntry[]) => void,
    onFailure: (error: unknown) => void,
  ) {
    this.#seen = textsOf(read());
    this.#timer = setInterval(() => {
      try {
        const now = read();
        const changed = now.filter((entry) => this.#seen.get(entry.uf) !== textOf(entry));
        if (changed.length === 0) return;
        onChange(changed);
        this.#seen = textsOf(now);
      } catch (error) {
        onFailure(error);
      }
    }, everyMilliseconds);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

function textsOf(entries: readonly SourceEntry[]): ReadonlyMap<string, string> {
  return new Map(entries.map((entry) => [entry.uf, textOf(entry)]));
}

function textOf(entry: SourceEntry): string {
  return JSON.stringify(entry);
}
