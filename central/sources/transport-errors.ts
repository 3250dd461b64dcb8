import { GuaritaError } from '../../shared/errors.ts';

/** An error of the line to an agent as ours. */
export function transportError(error: unknown, timedOut: boolean): GuaritaError {
  if (error instanceof GuaritaError) return error;
  const { code } = error as NodeJS.ErrnoException;
  const timeout = timedOut || code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT';
  return new GuaritaError(
    timeout ? 'agent-timeout' : 'agent-unreachable',
    code === undefined ? '' : `${code}.`,
    {
      cause: error,
    },
  );
}
