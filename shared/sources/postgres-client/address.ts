import type { DatabaseAddress } from '../engine.ts';

/**
 * The address with its password in it, for the driver alone: given both, `pg` lets the address win, even where it has
 * no password. Never log or print the result.
 */
export function withPassword(address: string, password: string | null): string {
  if (password === null) return address;
  const url = new URL(address);
  url.password = encodeURIComponent(password);
  return url.toString();
}

/** Where the server listens; null when it is a socket of this machine's file system. */
export function postgresAddress(address: string): DatabaseAddress | null {
  const url = new URL(address);
  const host = url.searchParams.get('host') ?? decodeURIComponent(url.hostname);
  const port = Number(url.searchParams.get('port') ?? (url.port || 5432));
  return host === '' || host.startsWith('/') ? null : { host: host.replace(/^\[|\]$/g, ''), port };
}

/** Who connects to what; empty where the address leaves it to the driver. */
export function postgresLogin(address: string): { readonly user: string; readonly database: string } {
  const { username, pathname } = new URL(address);
  return { user: decodeURIComponent(username), database: decodeURIComponent(pathname.slice(1)) };
}
