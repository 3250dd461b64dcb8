import Type from 'typebox';
import { agentSchema, digestsQuerySchema, rowsQuerySchema } from './messages.ts';

/** What version 1 says otherwise than the present one; all else of it is in `messages.ts`. It goes when version 1 does. */
const { protocols: _protocols, behindSeconds: _behindSeconds, ...properties } = agentSchema.properties;
export const agentSchemaOf1 = Type.Object(properties, { title: 'Agent' });

const { journal: _ofRows, ...rowsQuery } = rowsQuerySchema.properties;
const { journal: _ofDigests, ...digestsQuery } = digestsQuerySchema.properties;

/** The messages by their names in `messages.ts`: its requests name no entry of a journal. */
export const messagesOf1 = {
  agentSchema: agentSchemaOf1,
  digestsQuerySchema: Type.Object(digestsQuery, { additionalProperties: false }),
  rowsQuerySchema: Type.Object(rowsQuery, { additionalProperties: false }),
};
