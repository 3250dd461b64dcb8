import { BlockList, isIP, type Socket } from 'node:net';
import { GuaritaError } from './errors.ts';

/** Who may connect at all. */
export type IsAllowed = (socket: Pick<Socket, 'remoteAddress'>) => boolean;

/**
 * Addresses and networks (CIDR) from which connections are accepted; an empty list accepts all.
 * @param option the list's name in the configuration
 * Throws `config-invalid`.
 */
export function allowedAddresses(list: readonly string[], option: string): IsAllowed {
  if (list.length === 0) return () => true;
  const allowed = new BlockList();
  for (const text of list) add(allowed, text, option);
  return ({ remoteAddress = '' }) => {
    // An IPv4 client of a listener on both families.
    const address = remoteAddress.replace(/^::ffff:(?=\d+\.)/i, '');
    const family = isIP(address);
    return family !== 0 && allowed.check(address, family === 6 ? 'ipv6' : 'ipv4');
  };
}

function add(allowed: BlockList, text: string, option: string): void {
  const [address = '', prefix, ...rest] = text.split('/');
  const family = isIP(address);
  const bits = prefix === undefined ? null : Number(prefix);
  const widest = family === 6 ? 128 : 32;
  const isPrefix = bits === null || (/^\d{1,3}$/.test(prefix ?? '') && bits <= widest);
  if (family === 0 || !isPrefix || rest.length > 0) {
    throw new GuaritaError('config-invalid', `${option}: "${text}" não é endereço nem rede (10.8.0.0/24).`);
  }
  const type = family === 6 ? 'ipv6' : 'ipv4';
  if (bits === null) allowed.addAddress(address, type);
  else allowed.addSubnet(address, bits, type);
}
