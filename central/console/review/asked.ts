import { GuaritaError } from '../../../shared/errors.ts';
import type { BodyGrant, Place, SessionFacts } from '../../base/access-layer/sessions.ts';
import type { Base } from '../../base/base.ts';
import type { TwoRegisters } from '../../base/national-layer/review-pairs.ts';
import { sightOf } from '../../base/sight/sight.ts';
import { linkerInForce } from '../../treat/linking/linker.ts';
import type { Case } from '../route.ts';
import { type SeenPair, seenPair } from './query.ts';
import { type Reviewable, reviewable } from './reviewable.ts';

/** Of what a route is given, what reviewing needs. */
export interface Reviewing {
  readonly base: Base;
  readonly grant: BodyGrant;
  readonly case: Case;
  readonly place: Place;
  readonly session: SessionFacts;
  readonly locale: string;
  readonly formToken: string;
}

/** What every route of this folder needs: it shows people to who says who they are. */
export const reviewers = {
  who: 'case',
  roles: ['revisor'],
  views: ['custodiado'],
  showsPeople: true,
} as const;

/** An address within the case. */
export function within({ number }: Case): (path: string) => string {
  return (path) => `/caso/${number}${path}`;
}

export function reviewableBy({ grant }: Reviewing): Reviewable {
  return reviewable(sightOf(grant));
}

/** Throws `page-unknown` where one of the two is not seen: as of one that there is not. */
export async function pairOrNone(asked: Reviewing, two: TwoRegisters): Promise<SeenPair> {
  const pair = await asked.base.snapshot(
    async (questions) =>
      seenPair(questions, reviewableBy(asked), two, await linkerInForce(questions, asked.locale)),
    { use: 'pages' },
  );
  if (pair === null) throw new GuaritaError('page-unknown');
  return pair;
}

/** Whose word it is, as it is recorded. */
export function authorOf({ session, place }: Reviewing, reason: string) {
  return { who: `${session.person.name} (${place.short})`, through: 'console', reason };
}

/** Who was shown, where a pair was. */
export function lookOf({ a, b }: SeenPair) {
  return { terms: null, found: 1, shown: [a.register.id, b.register.id] };
}

/** What was done shows nobody. */
export const noLook = { terms: null, found: 0, shown: [] } as const;
