import { errors } from 'undici';
import { faultOf } from '../../shared/describe-error.ts';
import { GuaritaError } from '../../shared/errors.ts';
import { isCertificateFault } from './tls.ts';

/** An error of the line to an agent as ours. */
export function transportError(error: unknown, timedOut: boolean): GuaritaError {
  if (error instanceof GuaritaError) return error;
  // The code of a DOMException, such as a timeout, is a number, which tells an operator nothing.
  const { code } = error as { readonly code?: unknown };
  // In its own words the client tells of the connection, and in a field beside them what came over it.
  const cause = faultOf(error, isOfClient(error) ? error.message : undefined);
  if (isCertificateFault(code)) return new GuaritaError('certificate-unknown', `${String(code)}.`, { cause });
  const timeout = timedOut || code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT';
  return new GuaritaError(
    timeout ? 'agent-timeout' : 'agent-unreachable',
    typeof code === 'string' ? `${code}.` : '',
    { cause },
  );
}

/** Its errors about what does not parse are of a class of their own, whatever its types say. */
function isOfClient(error: unknown): error is Error {
  return error instanceof errors.UndiciError || error instanceof errors.HTTPParserError;
}
