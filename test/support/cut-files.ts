import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

// Loaded before a program, with a number in CUT_AT: kills it before its change of files of that number.

const changes = ['writeFileSync', 'renameSync', 'linkSync', 'rmSync', 'chmodSync', 'chownSync'] as const;
let left = Number(process.env['CUT_AT'] ?? Infinity);

for (const name of changes) {
  const change = fs[name] as (...args: unknown[]) => unknown;
  Object.assign(fs, {
    [name]: (...args: unknown[]) => {
      if (left-- === 0) process.kill(process.pid, 'SIGKILL');
      return change(...args);
    },
  });
}
syncBuiltinESMExports();
