import type { AgentHome } from '../../agent/home.ts';
import type { JournalEntry, JournalHead, RequestBody } from '../../shared/journal/entry.ts';
import { type JournalHeader, readJournalFile } from '../../shared/journal/file.ts';

/** What an agent wrote down of the requests that it answered or refused, the earliest first. */
export function requestsOf({ home }: { readonly home: AgentHome }): RequestBody[] {
  const entries = [...home.journal.entries()].filter(({ kind }) => kind === 'request');
  return entries.map(({ body }) => JSON.parse(body) as RequestBody);
}

/** An exported journal as a whole. */
export async function readJournal(file: string) {
  const headers: JournalHeader[] = [];
  const entries: JournalEntry[] = [];
  const heads: JournalHead[] = [];
  await readJournalFile(
    file,
    (header) => headers.push(header),
    (line) => void ('entry' in line ? entries.push(line.entry) : heads.push(line.head)),
  );
  return { agent: headers[0]?.agent, entries, heads };
}
