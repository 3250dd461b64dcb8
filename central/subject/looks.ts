import { looksAtRecords, type NamedEntry, searchAudit } from '../base/access-layer/audit-search.ts';
import type { Questions } from '../base/base.ts';

const atOnce = 500;

/**
 * That somebody looked, as the person concerned is told of it: when, for which body and purpose, on which page. Not who: of
 * whoever worked there the body answers, and a list of names would be one of who works on what. Nor what else was asked for,
 * which may be about others.
 */
export interface ToldLook {
  readonly at: string;
  readonly body: string | null;
  readonly purpose: unknown;
  readonly emergency: unknown;
  readonly page: unknown;
  readonly event: unknown;
}

/** Looks at these registers (`natal_id`), the last one first. */
export function looksAt(questions: Questions, registers: readonly string[]): AsyncGenerator<ToldLook, void> {
  return told((before) => looksAtRecords(questions, registers, { before, most: atOnce }));
}

/** What somebody with an account did, the last first. @param person their id */
export function doneBy(questions: Questions, person: string): AsyncGenerator<ToldLook, void> {
  return told((before) => searchAudit(questions, { person }, { before, most: atOnce }));
}

async function* told(next: (before: number | null) => Promise<NamedEntry[]>): AsyncGenerator<ToldLook, void> {
  for (let before: number | null = null; ; ) {
    const entries: NamedEntry[] = await next(before);
    for (const { at, body, bodyShort } of entries) {
      const {
        purpose = null,
        emergency = false,
        route = null,
        event = null,
      } = JSON.parse(body) as Record<string, unknown>;
      yield { at, body: bodyShort, purpose, emergency, page: route, event };
    }
    const last = entries.at(-1);
    if (last === undefined || entries.length < atOnce) return;
    before = last.id;
  }
}
