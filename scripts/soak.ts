import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/**
 * `npm run test:soak`: the model test of the whole way, a thousand cases, and requests of every kind sent to an agent
 * for a minute, unless the environment says otherwise.
 */
const root = join(import.meta.dirname, '..');
const tap = join(root, 'node_modules', '.bin', 'tap');
const { GUARITA_SOAK_RUNS = '1000', GUARITA_FUZZ_SECONDS = '60' } = process.env;
const { status } = spawnSync(
  tap,
  ['--timeout=0', 'test/model/faults.long.test.ts', 'test/security/fuzz.long.test.ts'],
  { cwd: root, stdio: 'inherit', env: { ...process.env, GUARITA_SOAK_RUNS, GUARITA_FUZZ_SECONDS } },
);
process.exitCode = status ?? 1;
