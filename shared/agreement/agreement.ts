import Type, { type Static } from 'typebox';
import Value from 'typebox/value';
import { type AgreementState, agreementState } from '../act.ts';
import { GuaritaError } from '../errors.ts';
import type { ProblemCode } from '../problems/catalogue.ts';

/** The agreement (ACT) as it is held by who lets views be read under it: the agent, or central where there is none; instants in ISO 8601. */
const agreementSchema = Type.Object({
  number: Type.String(),
  begin: Type.String(),
  end: Type.String(),
  views: Type.Array(Type.String()),
  /** Aditivos: each moved the end. */
  extensions: Type.Array(Type.Object({ until: Type.String(), document: Type.String(), at: Type.String() })),
  declared: Type.Enum(['active', 'suspended', 'revoked']),
  reason: Type.Union([Type.String(), Type.Null()]),
});
export type Agreement = Static<typeof agreementSchema>;

/** What the state declares of its agreement. */
export type AgreementChange =
  | { readonly event: 'extended'; readonly until: Date; readonly document: string }
  | { readonly event: 'suspended'; readonly reason: string | null }
  | { readonly event: 'resumed' }
  | { readonly event: 'revoked'; readonly reason: string };

/** A request under an agreement in this state is refused with this problem. */
export const agreementProblems: Readonly<Record<Exclude<AgreementState, 'active'>, ProblemCode>> = {
  pending: 'grant-not-yet-valid',
  suspended: 'agreement-suspended',
  ended: 'grant-expired',
  revoked: 'agreement-revoked',
};

/** Throws `state-altered`. */
export function parseAgreement(text: string): Agreement {
  const value: unknown = JSON.parse(text);
  if (!Value.Check(agreementSchema, value)) throw new GuaritaError('state-altered', 'Record "agreement".');
  return value;
}

export function stateOf(agreement: Agreement, now: number): AgreementState {
  const { begin, end, declared } = agreement;
  return agreementState({ begin: new Date(begin), end: new Date(end), declared }, now);
}

/** Throws the problem that says why nothing may be read under an agreement. @param now milliseconds since 1970 */
export function requireInForce(agreement: Agreement, now: number): Agreement {
  const state = stateOf(agreement, now);
  if (state !== 'active') throw new GuaritaError(agreementProblems[state], `ACT ${agreement.number}.`);
  return agreement;
}

/**
 * The agreement after a change. What is revoked stays so; an extension moves the end on, never back.
 * Throws `agreement-revoked`, and `option-invalid` for a change that changes nothing.
 */
export function changed(agreement: Agreement, change: AgreementChange, at: Date): Agreement {
  if (agreement.declared === 'revoked') throw new GuaritaError('agreement-revoked');
  switch (change.event) {
    case 'extended': {
      const until = change.until.toISOString();
      if (until <= agreement.end) {
        throw new GuaritaError('option-invalid', `O acordo já vai até ${agreement.end}.`);
      }
      const extension = { until, document: change.document, at: at.toISOString() };
      return { ...agreement, end: until, extensions: [...agreement.extensions, extension] };
    }
    case 'suspended':
      if (agreement.declared === 'suspended') throw new GuaritaError('agreement-suspended');
      return { ...agreement, declared: 'suspended', reason: change.reason };
    case 'resumed':
      if (agreement.declared === 'active')
        throw new GuaritaError('option-invalid', 'O acordo não está suspenso.');
      return { ...agreement, declared: 'active', reason: null };
    case 'revoked':
      return { ...agreement, declared: 'revoked', reason: change.reason };
  }
}
