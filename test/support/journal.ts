import type { AgentHome } from '../../agent/home.ts';
import type { RequestBody } from '../../shared/journal/entry.ts';

/** What an agent wrote down of the requests that it answered or refused, the earliest first. */
export function requestsOf({ home }: { readonly home: AgentHome }): RequestBody[] {
  const entries = [...home.journal.entries()].filter(({ kind }) => kind === 'request');
  return entries.map(({ body }) => JSON.parse(body) as RequestBody);
}
