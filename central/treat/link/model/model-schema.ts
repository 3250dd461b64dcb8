import Type from 'typebox';

const share = Type.Number({ minimum: 0, maximum: 1 });
const count = Type.Number({ minimum: 0 });
const bits = Type.Number({ minimum: -1000, maximum: 1000 });
/** Of nothing no logarithm is taken. */
const some = Type.Number({ exclusiveMinimum: 0, maximum: 1 });
const table = Type.Object({ agree: some, floor: some, shares: Type.Record(Type.String(), some) });

/** A model as JSON: what `Model` says, held against what somebody wrote. */
export const modelSchema = Type.Object({
  version: Type.String({ minLength: 1 }),
  date: Type.String(),
  seed: Type.Number(),
  locale: Type.String(),
  registers: count,
  randomPairs: count,
  lessons: Type.Array(Type.Object({ rule: Type.String(), pairs: count, matches: share, rounds: count })),
  prior: bits,
  comparisons: Type.Array(
    Type.Object({
      name: Type.String(),
      levels: Type.Array(
        Type.Object({
          ...{ name: Type.String(), m: share, u: share, weight: bits },
          ...{ error: Type.Union([Type.Number(), Type.Null()]), seenM: count, seenU: count },
          kept: Type.Enum(['none', 'm', 'u', 'both']),
        }),
      ),
    }),
  ),
  frequencies: Type.Object({
    ...{ given: table, further: table, motherGiven: table, birthplace: table },
    own: Type.Optional(Type.Array(table)),
  }),
  blockCap: Type.Integer({ minimum: 2 }),
});
