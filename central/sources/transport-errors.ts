import { errors } from 'undici';
import { faultOf } from '../../shared/describe-error.ts';
import { GuaritaError } from '../../shared/errors.ts';
import { certificateOver, isCertificateFault } from './tls.ts';

/**
 * An error of the line to an agent as ours.
 * @param received bytes of the answer's body that had come
 */
export function transportError(error: unknown, received: number): GuaritaError {
  if (error instanceof GuaritaError) return error;
  // The code of a DOMException, such as an abort, is a number, which tells an operator nothing.
  const { code, name } = error as { readonly code?: unknown; readonly name?: unknown };
  // In its own words the client tells of the connection, and in a field beside them what came over it.
  const cause = faultOf(error, isOfClient(error) ? error.message : undefined);
  if (code === certificateOver) return new GuaritaError('certificate-expired', 'O do agente.', { cause });
  if (isCertificateFault(code)) return new GuaritaError('certificate-unknown', `${String(code)}.`, { cause });
  const details = { cause, members: { received } };
  if (name === 'TimeoutError' || code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') {
    const detail = received === 0 ? 'Não veio resposta.' : `Depois de ${received} bytes nada mais veio.`;
    return new GuaritaError('agent-timeout', detail, details);
  }
  return new GuaritaError('agent-unreachable', typeof code === 'string' ? `${code}.` : '', details);
}

/** Its errors about what does not parse are of a class of their own, whatever its types say. */
function isOfClient(error: unknown): error is Error {
  return error instanceof errors.UndiciError || error instanceof errors.HTTPParserError;
}
