import Type, { type Static } from 'typebox';
import { sourceSchema } from '../../shared/sources/source-config.ts';
import { viewSchema } from '../../shared/sources/view-config.ts';
import { standingSchema } from './standing.ts';

/** What central holds of a state whose database it reads itself, in the place of an agent's record. */
export const directSchema = Type.Object({
  rule: Type.Union([Type.Literal(1), Type.Literal(5)]),
  ...standingSchema.properties,
  /** Where the database is, as an agent's configuration says it; the password by reference. */
  source: sourceSchema,
  views: Type.Array(viewSchema, { minItems: 1 }),
});
export type DirectSource = Static<typeof directSchema>;
