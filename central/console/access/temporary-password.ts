import { randomInt } from 'node:crypto';

/** A password that somebody is given is of use for so long, and is changed at the first sign-in (ASVS 6.4.1). */
export const temporaryHours = 24;

/** None that look alike when they are read out or copied by hand. */
const characters = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Four groups of four: 79 bits. */
export function temporaryPassword(): string {
  const group = () => Array.from({ length: 4 }, () => characters[randomInt(characters.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}
