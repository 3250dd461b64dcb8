import { hash } from 'node:crypto';
import type { Transaction } from '../../base/base.ts';
import { storedDigests, voidDigests } from '../../base/national-layer/link-keys.ts';
import type { LinkedRegister } from '../../base/national-layer/link-registers.ts';

/** 64 bits of what is compared of a register, as a decimal number. */
export function digestOf(register: LinkedRegister): string {
  return hash('sha256', JSON.stringify(register), 'buffer').readBigInt64BE().toString();
}

/**
 * Of registers that say something else than when their keys were made, keeps that: what they come to is made again once
 * their keys are, also where they say by then what they said before.
 */
export async function noteOthers(tx: Transaction, registers: readonly LinkedRegister[]): Promise<void> {
  const known = await storedDigests(
    tx,
    registers.map(({ id }) => id),
  );
  const others = registers.filter((register) => {
    const digest = known.get(register.id);
    return digest !== undefined && digest !== digestOf(register);
  });
  await voidDigests(
    tx,
    others.map(({ id }) => id),
  );
}
