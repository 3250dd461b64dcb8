import { faultOf } from '../describe-error.ts';
import { GuaritaError } from '../errors.ts';

/**
 * What an answer failed on, as ours. The same for every engine: what is ours already stays as it is, and what a signal
 * ended was given up; any other error is the driver's, which its engine knows (`ofDriver`).
 */
export function sourceError(error: unknown, ofDriver: (error: unknown) => GuaritaError): GuaritaError {
  if (error instanceof GuaritaError) return error;
  if (!(error instanceof DOMException)) return ofDriver(error);
  // The reasons of the signals that end a page: its deadline, or a caller that hung up.
  const code = error.name === 'TimeoutError' ? 'source-timeout' : 'request-abandoned';
  const isOfSignal = error.name === 'TimeoutError' || error.name === 'AbortError';
  return new GuaritaError(code, '', { cause: faultOf(error, isOfSignal ? error.message : undefined) });
}
