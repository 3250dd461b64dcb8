/**
 * The day on which things are judged. It remembers the first day, of those that it was asked about and that are still to
 * come, on which an answer will be another one: what was judged by it is to be judged again then, and not before.
 */
export class Calendar {
  /** `2026-01-31` */
  readonly today: string;
  #next: string | null = null;

  constructor(today: string) {
    this.today = today;
  }

  /** Whether a day (`2026-01-31`) is today or before. */
  reached(day: string): boolean {
    if (day <= this.today) return true;
    if (this.#next === null || day < this.#next) this.#next = day;
    return false;
  }

  /** Since the last call: the first day to look again; null for never. */
  takeNext(): string | null {
    const next = this.#next;
    this.#next = null;
    return next;
  }
}
