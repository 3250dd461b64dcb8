import { PGliteBase } from '../../../central/base/pglite.ts';
import { PostgresBase } from '../../../central/base/postgres.ts';
import { rules } from '../../../central/treat/rules/all.ts';
import { treat } from '../../../central/treat/treat.ts';

/** A process that treats a base from nothing, in small steps, and says a line after each: the folder of PGlite, or an address. */
const [where = '', today = ''] = process.argv.slice(2);
const base = where.startsWith('postgres:')
  ? new PostgresBase({ url: where, password: 'admin', connections: 2, timeoutSeconds: 30 })
  : await PGliteBase.open(where);
await treat(base, {
  ...{ rules, today, full: true, first: 1 },
  onProgress: ({ step, part }) => process.stdout.write(`${step} ${part}\n`),
});
await base.close();
