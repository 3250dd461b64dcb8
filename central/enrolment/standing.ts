import Type from 'typebox';

/** What central holds of every source that was enrolled, however it is read. */
export const standingSchema = Type.Object({
  uf: Type.String(),
  enrolled: Type.String(),
  schedule: Type.Union([Type.String(), Type.Null()]),
  /** Since when the agreement is over, and by which problem that was said: it is not asked any more. */
  ended: Type.Union([Type.Object({ at: Type.String(), problem: Type.String() }), Type.Null()]),
  /** Rows of each view as they were counted when it was enrolled. */
  rows: Type.Optional(Type.Record(Type.String(), Type.Integer({ minimum: 0 }))),
  /** Certificates (PEM) of agents, or of keys, that were enrolled before: what they signed outlives them. */
  earlier: Type.Optional(Type.Array(Type.String())),
  /** Each time that a person took the state off (`source end`), the last one last. */
  left: Type.Optional(
    Type.Array(Type.Object({ at: Type.String(), by: Type.String(), reason: Type.String() })),
  ),
});
