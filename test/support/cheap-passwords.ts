import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import type { Test } from 'tap';
import { isLong } from './runs.ts';

/**
 * Passwords are hashed at next to no cost while a test of the quick tier runs, instead of 60 milliseconds each. What a hash
 * should have cost goes into it, so that of another cost it is still another one.
 */
export function cheapPasswords(t: Test): void {
  if (isLong) return;
  const { argon2 } = crypto;
  const use = (hashes: typeof argon2) => {
    crypto.argon2 = hashes;
    syncBuiltinESMExports();
  };
  use((algorithm, { message, nonce, tagLength, ...cost }, callback) => {
    const associatedData = Buffer.from(JSON.stringify(cost));
    const least = { memory: 8, passes: 1, parallelism: 1 };
    argon2(algorithm, { message, nonce, tagLength, associatedData, ...least }, callback);
  });
  t.teardown(() => use(argon2));
}
