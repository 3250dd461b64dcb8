import Type from 'typebox';
import { levels } from './log.ts';

/** What a program writes down of its events; both programs take the same. */
export const logSchema = Type.Object(
  { level: Type.Enum([...levels], { type: 'string', default: 'info', description: 'Nível do log.' }) },
  {
    additionalProperties: false,
    default: {},
    description: 'Registro de eventos (JSON, na saída de erro).',
  },
);
