import {
  countFindings,
  exportedFindings,
  findingsOfRule,
} from '../../../central/base/national-layer/list-findings.ts';
import { PostgresBase } from '../../../central/base/postgres.ts';
import { rules } from '../../../central/treat/rules/all.ts';
import { treat } from '../../../central/treat/treat.ts';
import { findingsCsv } from '../../../central/words/findings-csv.ts';
import { columnOf } from '../../../central/words/rule-words.ts';

/** A process that treats a base, lists findings of a rule and exports all, and says what came of it as JSON. */
const [url = '', today = '', rule = ''] = process.argv.slice(2);
const base = new PostgresBase({ url, password: 'admin', connections: 2, timeoutSeconds: 600 });
const began = performance.now();
const [treated] = await treat(base, { sources: ['AL'], rules, today });
const treatedAt = performance.now();
const { counts, listed } = await base.snapshot(async (questions) => ({
  counts: await countFindings(questions, ['AL']),
  listed: await findingsOfRule(questions, ['AL'], rule, 200),
}));
const listedAt = performance.now();
let lines = 0;
for await (const line of findingsCsv(exportedFindings(base, 'AL', columnOf), true))
  lines += Math.sign(line.length);
const exportedAt = performance.now();
await base.close();
process.stdout.write(
  JSON.stringify({
    ...{ problem: treated?.problem, typed: treated?.typed, counts, listed: listed.length, lines },
    seconds: [treatedAt - began, listedAt - treatedAt, exportedAt - listedAt].map((each) =>
      Math.round(each / 1000),
    ),
    peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);
