import Type from 'typebox';
import { problemMediaType, problemSchema } from '../../../shared/protocol/messages.ts';
import { rowsMediaType } from '../../../shared/protocol/page-header.ts';

/** How a route that answers with lines describes its responses. */
export function linesResponse(description: string) {
  return {
    200: {
      description,
      headers: { 'Guarita-Page': { type: 'string', description: 'Structured dictionary (RFC 9651).' } },
      content: { [rowsMediaType]: { schema: Type.String({ format: 'binary' }) } },
    },
    default: { description: 'Problem.', content: { [problemMediaType]: { schema: problemSchema } } },
  };
}
