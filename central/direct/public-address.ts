import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

/** Of a machine alone, of a network of its own, of a provider's inner network: none is reached over the internet. */
const closed = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  closed.addSubnet(network, prefix, 'ipv4');
}
closed.addSubnet('::', 127, 'ipv6');
closed.addSubnet('fc00::', 7, 'ipv6');
closed.addSubnet('fe80::', 10, 'ipv6');

/** Whether this is an address of the internet; a name is none. */
export function isPublicAddress(host: string): boolean {
  const [address = ''] = host.split('%');
  const family = isIP(address);
  return family !== 0 && !closed.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/** The same of all that a name leads to now; one that leads nowhere is read nowhere. */
export async function leadsToPublic(host: string): Promise<boolean> {
  const found = await lookup(host, { all: true }).catch(() => []);
  return found.some(({ address }) => isPublicAddress(address));
}
