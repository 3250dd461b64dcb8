import type { FastifyInstance, FastifyRequest, FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import Value from 'typebox/value';
import { GuaritaError } from '../../shared/errors.ts';
import { matchesContentDigest } from '../../shared/signing/content-digest.ts';

/**
 * A body is what was signed: a request that may have one carries its digest (RFC 9530), which its signature covers,
 * and no body is parsed that does not match it. Held here for all routes, those to come included: a body reaches a
 * route by this one parser or not at all.
 */
export function bindBodies(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => requireDigest(request));
  app.removeAllContentTypeParsers();
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, parsed) => {
    const bytes = Buffer.from(body);
    if (!matchesContentDigest(digestOf(request) ?? '', bytes)) {
      parsed(new GuaritaError('signature-invalid', 'O corpo não tem o resumo que foi assinado.'));
      return;
    }
    const parsing = parseJson(request, bytes.toString('utf8'), parsed);
    if (parsing instanceof Promise) parsing.catch(parsed);
  });
}

/** The signature was verified before; it covers the digest wherever there is one. */
function requireDigest(request: FastifyRequest): void {
  const hasNoBody = request.method === 'GET' || request.method === 'HEAD';
  if (hasNoBody || request.is404 || digestOf(request) !== undefined) return;
  throw new GuaritaError('signature-missing', 'O corpo não está assinado: falta Content-Digest.');
}

function digestOf(request: FastifyRequest): string | undefined {
  const digest = request.headers['content-digest'];
  return typeof digest === 'string' ? digest : undefined;
}

/**
 * Checks a body as it is. The usual compiler turns values into what the schema asks for, as is right for a query;
 * of a key it would make an empty text where it says null.
 */
export const asItIs: FastifySchemaCompiler<TSchema> =
  ({ schema }) =>
  (value: unknown) =>
    Value.Check(schema, value) ? { value } : { error: new GuaritaError('request-invalid') };
