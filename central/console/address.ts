import { isIPv6 } from 'node:net';

/**
 * What counts as one address where tries are counted: of IPv6 the network of 64 bits that one subscriber has, all of it;
 * of an IPv4 address in the form of IPv6 the IPv4 address.
 */
export function networkOf(address: string): string {
  const ip = address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(ip)) return ip;
  const [before = '', after] = ip.split('::');
  const left = before.split(':').filter(Boolean);
  const right = after?.split(':').filter(Boolean) ?? [];
  // The last two groups may be written as an IPv4 address.
  const missing = 8 - left.length - right.length - (ip.includes('.') ? 1 : 0);
  const groups = [...left, ...Array<string>(Math.max(0, missing)).fill('0'), ...right].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::`;
}
