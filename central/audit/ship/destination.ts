import type { AuditHeader, AuditLine } from '../file.ts';

/** Numbers of the last entry and of the entry that the last head signs. */
export interface Position {
  readonly entry: number;
  readonly head: number;
}

/** Where the audit goes besides the base. Whatever fails, it is begun again from what is surely there. */
export interface Destination {
  readonly name: 'file' | 'syslog';
  /** From where to go on, where so much is known to be there. Throws `audit-unshipped`. */
  begin(known: Position): Promise<Position>;
  /**
   * Takes lines, or none: then it only looks whether what it took has arrived. Comes to what is surely there.
   * @param header what a new file begins with
   * @throws GuaritaError `audit-unshipped`
   */
  ship(lines: readonly AuditLine[], header: () => Promise<AuditHeader>): Promise<Position>;
  /** Comes to what is surely there once all was handed over; null where it cannot tell. */
  close(): Promise<Position | null>;
}

export function positionAfter(position: Position, lines: readonly AuditLine[]): Position {
  let { entry, head } = position;
  for (const line of lines) {
    if ('entry' in line) entry = Math.max(entry, line.entry.id);
    else head = Math.max(head, line.head.id);
  }
  return { entry, head };
}
