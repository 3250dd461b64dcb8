import { hash } from 'node:crypto';
import type { Target } from '../../base/access-layer/attempts.ts';
import type { Base } from '../../base/base.ts';
import { networkOf } from '../address.ts';
import { countedTry, type Tried } from './counted-try.ts';
import { isPassword } from './passwords.ts';

const [minute, hour] = [60_000, 3_600_000];

/** From here one tries. @param cpf eleven digits, whether or not somebody has it @param knownBrowser its digest */
export function signInTargets({
  cpf,
  address,
  knownBrowser,
}: {
  readonly cpf: string;
  readonly address: string;
  readonly knownBrowser: Buffer | null;
}): readonly Target[] {
  const account = cpfDigest(cpf);
  // Who entered from here before is not locked out by others who try: those cannot have what this browser holds.
  if (knownBrowser !== null) {
    const name = `navegador ${knownBrowser.toString('base64url')} ${account}`;
    return [{ name, free: 10, forgivenIn: hour }];
  }
  return [
    accountTarget(cpf),
    // A whole body may come from one address, and people mistype.
    { name: `endereço ${networkOf(address)}`, free: 60, forgivenIn: minute },
  ];
}

/** Of an account, from wherever it is tried. @param cpf eleven digits */
export function accountTarget(cpf: string): Target {
  return { name: `conta ${cpfDigest(cpf)}`, free: 5, forgivenIn: hour };
}

function cpfDigest(cpf: string): string {
  return hash('sha256', cpf, 'base64url');
}

/** Of somebody who is signed in, and shows their password again: whoever sits down at their browser guesses at it, too. */
export function ownTargets(person: string): readonly Target[] {
  return [{ name: `senha ${person}`, free: 5, forgivenIn: hour }];
}

/**
 * Tries a password, as often as is allowed to. Takes as long where there is no account.
 * Throws `sign-in-busy`.
 */
export function tryPassword(
  base: Base,
  { targets, password, stored }: { targets: readonly Target[]; password: string; stored: string | null },
  now: Date,
): Promise<Tried<true>> {
  return countedTry(base, targets, now, async () => ((await isPassword(password, stored)) ? true : null));
}
