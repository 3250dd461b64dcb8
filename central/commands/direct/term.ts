import type { CentralConfig, DirectEntry } from '../../config.ts';
import { agreementAsIs } from '../../direct/as-is.ts';
import { withKeptHome } from '../../direct/home.ts';
import { takeUp } from '../../enrolment/end.ts';

/** An agreement by its number and its last second. */
interface Term {
  readonly act: string;
  readonly end: Date;
}

/** The agreement of a source that central reads itself, only to be told. Throws what `agreementAsIs` throws. */
export function ownTerm(source: DirectEntry): Term {
  const { number: act, end } = agreementAsIs(source);
  return { act, end: new Date(end) };
}

/** Takes a source up again whose agreement goes on. Throws the problem that says why it does not. */
export async function renewDirect(config: CentralConfig, { uf, direct }: DirectEntry): Promise<Term> {
  const { number: act, end } = await withKeptHome(config, uf, ({ agreements }) => agreements.require());
  takeUp(direct);
  return { act, end: new Date(end) };
}
