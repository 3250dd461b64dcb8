import { userInfo } from 'node:os';
import type { ConnectionOptions } from 'node:tls';
import { Client, type ClientConfig } from 'pg';
import { GuaritaError } from '../../errors.ts';

/** What of its parameters is no option of the driver's that could be told to be nothing. */
interface Parameters {
  /** Settings of `tls.connect`; `true` where the address says no more than that. */
  ssl: ConnectionOptions | string | boolean;
  options?: string | undefined;
  replication?: string | undefined;
  application_name?: string | undefined;
}

/**
 * A client that knows what its address says, and nothing of the environment: PGHOST, PGOPTIONS, PGSSLMODE, PGPASSFILE and
 * the rest are meant for whoever works at the machine by hand, and the driver takes them where it is told nothing.
 * Throws `config-invalid` where neither the address nor the system says a user.
 */
export class AddressedClient extends Client {
  constructor(config: ClientConfig = {}) {
    const address = completeAddress(config.connectionString ?? '');
    const { searchParams, password } = address;
    super({
      ...config,
      ...{ connectionString: address.toString(), ssl: false, client_encoding: 'utf8' },
      ...{ sslnegotiation: 'postgres' },
    });
    const { connectionParameters } = this as unknown as { connectionParameters: Parameters };
    const ssl = verifying(connectionParameters.ssl);
    // Each of the three holds what it was told; the connection is who uses it.
    Object.assign(this, { ssl });
    Object.assign((this as unknown as { connection: object }).connection, { ssl });
    connectionParameters.ssl = ssl;
    for (const name of ['options', 'replication', 'application_name'] as const) {
      connectionParameters[name] = searchParams.get(name) ?? undefined;
    }
    // Undefined is none: asked for one by the server, the driver would look into a file of the user's.
    const own = this as unknown as { password: unknown; replication: unknown };
    if (password === '' && !searchParams.has('password')) own.password = () => undefined;
    own.replication = connectionParameters.replication;
  }
}

/** Encrypted as told, and verified unless told otherwise: else NODE_TLS_REJECT_UNAUTHORIZED would say. */
function verifying(ssl: Parameters['ssl']): ConnectionOptions | false {
  if (ssl === false || ssl === '') return false;
  if (typeof ssl !== 'object') return { rejectUnauthorized: true };
  // Not copied: the key of a client's certificate is a property that no copy takes along.
  ssl.rejectUnauthorized ??= true;
  return ssl;
}

/** With all that the driver would else look for elsewhere. */
function completeAddress(text: string): URL {
  const address = new URL(text);
  const { hostname, port, username, searchParams } = address;
  const given = { host: hostname, port, user: username };
  const usual = { host: () => 'localhost', port: () => '5432', user: systemUser };
  for (const name of ['host', 'port', 'user'] as const) {
    if (given[name] === '' && (searchParams.get(name) ?? '') === '') searchParams.set(name, usual[name]());
  }
  if (address.pathname.length > 1) return address;
  address.pathname = username === '' ? encodeURIComponent(searchParams.get('user') ?? '') : username;
  return address;
}

/** Not USER, which need not be set, and is of the environment as well. */
function systemUser(): string {
  try {
    return userInfo().username;
  } catch (error) {
    // Of a user by number, as in a container, the system knows no name.
    throw new GuaritaError('config-invalid', 'O endereço do PostgreSQL não diz o usuário.', { cause: error });
  }
}
