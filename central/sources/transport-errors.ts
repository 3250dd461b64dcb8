import { GuaritaError } from '../../shared/errors.ts';
import { isCertificateFault } from './tls.ts';

/** An error of the line to an agent as ours. */
export function transportError(error: unknown, timedOut: boolean): GuaritaError {
  if (error instanceof GuaritaError) return error;
  // The code of a DOMException, such as a timeout, is a number, which tells an operator nothing.
  const { code } = error as { readonly code?: unknown };
  if (isCertificateFault(code)) {
    return new GuaritaError('certificate-unknown', `${String(code)}.`, { cause: error });
  }
  const timeout = timedOut || code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT';
  return new GuaritaError(
    timeout ? 'agent-timeout' : 'agent-unreachable',
    typeof code === 'string' ? `${code}.` : '',
    { cause: error },
  );
}
