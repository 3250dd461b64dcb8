import Type from 'typebox';
import { agentSchema } from './messages.ts';

/** What version 1 says otherwise than the present one; all else of it is in `messages.ts`. It goes when version 1 does. */
const { protocols: _protocols, behindSeconds: _behindSeconds, ...properties } = agentSchema.properties;
export const agentSchemaOf1 = Type.Object(properties, { title: 'Agent' });
