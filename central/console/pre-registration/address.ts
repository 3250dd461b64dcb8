import { domainToASCII } from 'node:url';

/** Longest address that mail has (RFC 5321). */
export const longestAddress = 254;

/**
 * An address of mail as it is kept: what is before the @ as it was typed, since it is the server's to read, and the
 * domain in small letters. Null for what is none.
 */
export function addressOf(typed: string): string | null {
  const [, local = '', domain = ''] = /^([\x21-\x7e]{1,64})@([^@\s]{1,253})$/.exec(typed.trim()) ?? [];
  const ascii = domainToASCII(domain).toLowerCase();
  const isDomain = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/.test(ascii);
  if (!isDomain || !/^[^"(),.:;<>@[\\\]]+(?:\.[^"(),.:;<>@[\\\]]+)*$/.test(local)) return null;
  const address = `${local}@${ascii}`;
  return address.length > longestAddress ? null : address;
}

/**
 * Whether two addresses may be of one person: capitals and what follows a plus tell nobody apart where one may not
 * say yes to the other.
 */
export function isSameAddress(one: string, other: string): boolean {
  const plain = (address: string) => address.toLowerCase().replace(/\+[^@]*(?=@)/, '');
  return plain(one) === plain(other);
}
