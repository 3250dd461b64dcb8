import { AuthorizationResponseError, ResponseBodyError } from 'openid-client';
import { GuaritaError } from '../../../shared/errors.ts';
import type { ProblemCode } from '../../../shared/problems/catalogue.ts';
import { AnswerTooLarge } from './limited-fetch.ts';

/** Errors that Login Único answers to a browser, by what they mean for a person. What is not here was not let in. */
const answered: Readonly<Record<string, ProblemCode>> = {
  access_denied: 'govbr-denied',
  server_error: 'govbr-unavailable',
  temporarily_unavailable: 'govbr-unavailable',
  invalid_client: 'govbr-untrusted',
  invalid_request: 'govbr-untrusted',
  invalid_scope: 'govbr-untrusted',
  unauthorized_client: 'govbr-untrusted',
  unsupported_response_type: 'govbr-untrusted',
  invalid_grant: 'govbr-stale',
};

const failed: Readonly<Record<string, ProblemCode>> = {
  OAUTH_TIMEOUT: 'govbr-unavailable',
  OAUTH_ABORT: 'govbr-unavailable',
  OAUTH_JWT_TIMESTAMP_CHECK_FAILED: 'govbr-clock',
};

/**
 * What went wrong, of which nothing but a code is kept: what lies beneath has the tokens, the CPF and the name of who
 * wanted to sign in.
 */
export function failureOf(error: unknown): GuaritaError {
  if (error instanceof GuaritaError) return error;
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError) {
    // What stands there anybody can have written: only what is known goes on.
    const isKnown = Object.hasOwn(answered, error.error);
    const otherwise = error instanceof AuthorizationResponseError ? 'govbr-denied' : 'govbr-untrusted';
    return failure(answered[error.error] ?? otherwise, isKnown ? error.error : 'other');
  }
  if (error instanceof AnswerTooLarge || (error instanceof Error && error.cause instanceof AnswerTooLarge)) {
    return failure('govbr-untrusted', 'too-large');
  }
  const code = codeOf(error);
  // The network: no name, no connection, a certificate that is not believed.
  if (error instanceof TypeError && code === 'unknown')
    return failure('govbr-unavailable', codeOf(error.cause));
  return failure(failed[code] ?? 'govbr-untrusted', code);
}

function failure(code: ProblemCode, reason: string): GuaritaError {
  return new GuaritaError(code, '', { members: { reason } });
}

function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{0,60}$/.test(code) ? code : 'unknown';
}
