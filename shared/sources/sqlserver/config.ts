import type { config as DriverConfig } from 'mssql';
import type { DatabaseAddress } from '../engine.ts';
import type { SqlServerConfig } from '../source-config.ts';
import { noteLoginErrors } from './login-errors.ts';

const defaultPort = 1433;
/** Longest wait for a connection, and for a lock, in milliseconds. */
export const mostPatience = 10_000;
/** Connections at once: as many as pages are served at once, and no more of the state's server. */
const connections = 4;
/** How long a server that was told to stop a statement may take to do so, in milliseconds. */
const cancelPatience = 3000;

/**
 * Bytes of a packet. The driver handles each by itself, so that larger ones are faster; with encryption, no larger one
 * is allowed.
 */
const packetBytes = 16_383;

/** Where the server listens; null for an instance, whose port only the SQL Server Browser knows. */
export function addressOf({ host, port, instance }: SqlServerConfig): DatabaseAddress | null {
  return port === undefined && instance !== undefined ? null : { host, port: port ?? defaultPort };
}

/** What the driver is told. `connector` opens the socket (`socket.ts`), `ca` is a certificate in PEM. */
export function driverConfig(
  { host, port, instance, database, user, domain, tls, timeoutSeconds }: SqlServerConfig,
  password: string | null,
  { connector, ca }: { readonly connector: unknown; readonly ca: string | null },
): DriverConfig {
  const milliseconds = timeoutSeconds * 1000;
  const options = {
    // An instance is asked for its port only where none is given.
    ...(instance === undefined || port !== undefined
      ? { port: port ?? defaultPort }
      : { instanceName: instance }),
    encrypt: tls.mode !== 'off',
    trustServerCertificate: tls.mode !== 'verify',
    ...(ca === null ? {} : { cryptoCredentialsDetails: { ca } }),
    connector,
    appName: 'guarita-agent',
    packetSize: packetBytes,
    connectTimeout: Math.min(milliseconds, mostPatience),
    requestTimeout: milliseconds,
    cancelTimeout: cancelPatience,
    // Who asked decides whether to ask again.
    maxRetriesOnTransientErrors: 0,
    // The settings of a session, whatever those of the server, of the database and of the user are.
    dateFormat: 'ymd',
    language: 'us_english',
    textsize: 2_147_483_647,
  };
  return {
    server: host,
    database,
    user,
    ...(domain === undefined ? {} : { domain }),
    password: password ?? '',
    pool: { max: connections, min: 0 },
    beforeConnect: noteLoginErrors,
    validateConnection: 'socket',
    options,
  } as DriverConfig;
}
