import type { Place, SessionFacts } from '../../base/access-layer/sessions.ts';
import type { Base } from '../../base/base.ts';
import { isPurpose, type Purpose } from '../access/purposes.ts';

/** What a form takes of a text, whose own limit is told where it is too long. */
export const longestTyped = 2000;

/** Of what a route is given, what these pages need. */
export interface Member {
  readonly base: Base;
  readonly session: SessionFacts;
  readonly place: Place;
  readonly now: Date;
  readonly formToken: string;
}

/** Purposes that the agreements in force name, each once, in the order in which they name them. */
export function openPurposes({ grants }: Place): readonly Purpose[] {
  return [...new Set(grants.flatMap(({ purposes }) => purposes.filter(isPurpose)))];
}

/** Where somebody wanted to go within a case, as an address gives it; empty: nowhere. */
export function pathTo(given: string): string {
  return given.startsWith('/') ? given : '';
}
