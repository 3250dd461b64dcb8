import { writeFileSync } from 'node:fs';
import { journalLines } from './file.ts';
import type { Journal } from './journal.ts';

/** Writes the journal as it is at one moment, beside an agent at work, to the end of an open file. */
export function writeJournal(journal: Journal, agent: string, file: number): void {
  const header = { kind: 'guarita-journal', agent, exported: new Date().toISOString() } as const;
  journal.atOneMoment(() => {
    for (const line of journalLines(header, journal.entries(), journal.heads())) writeFileSync(file, line);
  });
}
