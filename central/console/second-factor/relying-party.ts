import { isIP } from 'node:net';

/** For whom a key answers. It is of the name of the site: another name, and it is of no use any more. */
export interface RelyingParty {
  readonly id: string;
  readonly origin: string;
}

/** Null where people open the console by an address and not by a name: browsers have no keys for it. */
export function relyingParty(site: string): RelyingParty | null {
  const { hostname, origin } = new URL(site);
  return isIP(hostname.replace(/^\[|\]$/g, '')) === 0 ? { id: hostname, origin } : null;
}
