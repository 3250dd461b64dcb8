import Type, { type Static } from 'typebox';
import { roles } from '../../shared/dictionary/roles.ts';
import { standardViews } from '../../shared/dictionary/standard-views.ts';
import { GuaritaError } from '../../shared/errors.ts';
import type { RecordedOrder } from '../base/decided-layer/orders.ts';
import { forget, heldOf } from '../base/forgetting/forget.ts';
import type { Counts } from '../base/forgetting/holder.ts';
import { storedViews } from '../base/source-layer/row-history.ts';
import { secretsUsed } from '../base/source-layer/tombstones.ts';
import { makeTombstoneKey } from '../tombstone-key.ts';
import type { Central } from './open-central.ts';

/** Somebody to be forgotten, or to be looked at for that. */
export const forgetSchema = Type.Object({
  source: Type.String(),
  role: Type.Enum([...roles]),
  key: Type.Array(Type.String(), { minItems: 1 }),
  /** By whose order, and who says so; null only looks. */
  by: Type.Union([Type.Object({ order: Type.String({ minLength: 1 }), who: Type.String() }), Type.Null()]),
});
export type ForgetInput = Static<typeof forgetSchema>;

export interface Forgotten {
  /** Rows that the base has of the person, by table: before, where they are forgotten now. */
  readonly held: Counts;
  /** What was ordered of them; null where nothing was. */
  readonly order: RecordedOrder | null;
  /** Views beyond the dictionary: whom their rows name otherwise than by `custodiado_id` and the like, nobody knows here. */
  readonly unknown: readonly string[];
}

/**
 * Looks what there is of a person, or forgets them. Throws `row-unknown` where there is nothing and never was,
 * `option-invalid` where the base has nothing of the source, `tombstone-key-missing`.
 */
export async function forgetPerson(
  { base, config }: Pick<Central, 'base' | 'config'>,
  { source, role, key, by }: ForgetInput,
  { stop }: { readonly stop: AbortSignal },
): Promise<Forgotten> {
  const views = await base.snapshot((questions) => storedViews(questions, source));
  if (views.length === 0) throw new GuaritaError('option-invalid', `A base não tem nada de "${source}".`);
  const own = views.find(({ view }) => view === role);
  if (own !== undefined && own.key.length !== key.length) {
    throw new GuaritaError('option-invalid', `A chave de "${role}" é: ${own.key.join(', ')}.`);
  }
  const secret = makeTombstoneKey(config.state, await base.snapshot(secretsUsed));
  const person = { source, register: { role, key }, secret };
  const { held, order } = await heldOf(base, person);
  if (order === null && Object.keys(held).length === 0)
    throw new GuaritaError('row-unknown', `${source} ${role}.`);
  const unknown = views
    .filter(({ view }) => !standardViews.some(({ name }) => name === view))
    .map(({ view }) => view);
  if (by === null) return { held, order, unknown };
  const done = await forget(base, person, { ...by, through: 'command', signal: stop });
  return { held, order: done, unknown };
}
