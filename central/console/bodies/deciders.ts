import { GuaritaError } from '../../../shared/errors.ts';
import { type Body, isCentral } from '../../base/access-layer/bodies.ts';
import type { Base, Questions } from '../../base/base.ts';
import type { Role } from '../access/roles.ts';
import { seenBody, type Viewer } from './asked.ts';

/** Those who propose, and who agree; both in the central body. */
export const deciders: readonly Role[] = ['cadastrador-autorizador'];

/** Who asks. */
export type Asking = Viewer & { readonly roles: readonly string[] };

/** A body, and whether who asks may propose and decide about its grants. */
export async function seen(questions: Questions, id: string, asking: Asking) {
  const body = await seenBody(questions, id, asking);
  const isOpen = body.ended === null && deciders.some((role) => asking.roles.includes(role));
  return { body, mayDecide: isOpen && (await isCentral(questions, asking.place.id)) };
}

/** Throws `page-unknown` where it is not for who asks to propose or decide. */
export function decidable(base: Base, id: string, asking: Asking): Promise<Body> {
  return base.snapshot(
    async (questions) => {
      const { body, mayDecide } = await seen(questions, id, asking);
      if (!mayDecide) throw new GuaritaError('page-unknown');
      return body;
    },
    { use: 'pages' },
  );
}
