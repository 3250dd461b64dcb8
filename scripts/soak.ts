import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** `npm run test:soak`: the model test of the whole way, a thousand cases unless the environment says otherwise. */
const root = join(import.meta.dirname, '..');
const tap = join(root, 'node_modules', '.bin', 'tap');
const runs = process.env['GUARITA_SOAK_RUNS'] ?? '1000';
const { status } = spawnSync(tap, ['--timeout=0', 'test/model/faults.test.ts'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, GUARITA_SOAK_RUNS: runs },
});
process.exitCode = status ?? 1;
