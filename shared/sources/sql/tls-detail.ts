/**
 * Of a connection to a database that could not be encrypted: what to look at, since the certificate is the state's own
 * matter. Empty for any other failure. @param error a driver's own
 */
export function tlsDetail(error: unknown): string {
  const { code, message = '' } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  const isTls =
    code === 'HANDSHAKE_NO_SSL_SUPPORT' ||
    code === 'HANDSHAKE_SSL_ERROR' ||
    /certificate|does not support SSL|Hostname\/IP does not match/i.test(message);
  return isTls
    ? 'Cifra (source.tls, ou sslmode no endereço do PostgreSQL): o servidor não a tem, ou o certificado dele não é de confiança.'
    : '';
}
