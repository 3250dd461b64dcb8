import Type, { type Static } from 'typebox';
import Value from 'typebox/value';
import { GuaritaError } from '../../../shared/errors.ts';
import type { Base } from '../../base/base.ts';
import { accountActs } from './accounts.ts';
import type { Act, ActContext } from './act.ts';
import { bodyActs } from './bodies.ts';
import { roleActs } from './roles.ts';
import { watchedActs } from './watched.ts';

/** All that operators do about access without the web, by name. */
export const acts = { ...accountActs, ...bodyActs, ...roleActs, ...watchedActs };

type Acts = typeof acts;
export type ActName = keyof Acts;
export type ActInput<N extends ActName> = Static<Acts[N]['input']>;
export type ActOutput<N extends ActName> = Awaited<ReturnType<Acts[N]['perform']>>;

/** One of them, as it travels to a service. */
export const accessSchema = Type.Object({ act: Type.String(), input: Type.Unknown(), who: Type.String() });
export type AccessInput = Static<typeof accessSchema>;

/** Throws `request-invalid` for what is none of them, and what the act itself throws. */
export async function performAct(
  base: Base,
  { act, input, who }: AccessInput,
  now: Date,
): Promise<object | null> {
  const known: Readonly<Record<string, Act<never, object | null> | undefined>> = acts as never;
  const found = Object.hasOwn(acts, act) ? known[act] : undefined;
  if (found === undefined || !Value.Check(found.input, input)) {
    throw new GuaritaError('request-invalid', `Operação "access ${act}".`);
  }
  const context: ActContext = { base, now, who };
  return found.perform(input, context);
}
