// Tier: long. A whole life over a real process: both sides tell the same story.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type { StatusReport } from '../../central/status/report.ts';
import { collectedState } from '../support/collected-state.ts';
import { sourcesOf } from '../support/deployment.ts';
import { must } from '../support/enrolled.ts';
import { inAgent } from './enrolled/receipts.ts';

// Invariant 7: both ends can prove what was asked and given, and neither proof holds data of prisoners.

void t.test('J3, J4: both sides tell the same story', async (t) => {
  const { e, journal } = await collectedState(t);
  t.match(must(await e.agent(['journal', 'verify'])).output, /✓ Diário íntegro: \d+ registros/);
  t.match(must(await e.agent(['journal', 'verify', '--file', journal])).output, '✓ Diário íntegro');
  t.match(must(await e.central(['receipts', 'verify'])).output, /✓ AL: \d+ recibos conferem\./);
  const told = must(await e.central(['receipts', 'compare', journal]));
  t.match(told.output, '✓ Os dois lados contam a mesma história.');
  t.notMatch(told.output, 'não chegaram');
  const report = must(await e.agent(['act', 'report']));
  t.match(report.output, /unidade .+ 60 /, 'twenty rows for each of two collections, and one page as proof');
  t.notMatch(readFileSync(journal, 'utf8'), /Unidade \d/, 'no value of a row');

  await t.test('keys that were exchanged meanwhile change nothing', async (t) => {
    must(await e.agent(['keys', 'rotate']));
    must(await e.central(['collect']));
    must(await e.central(['collect']));
    must(await e.agent(['journal', 'export', '--out', journal]));
    t.match(must(await e.central(['receipts', 'compare', journal])).output, 'a mesma história');
    t.match(must(await e.central(['receipts', 'verify', 'AL'])).output, '✓ AL');
  });
  await t.test('what came after the export is not held against it', async (t) => {
    must(await e.central(['collect']));
    t.match(must(await e.central(['receipts', 'compare', journal])).output, 'posteriores à exportação');
  });
  await t.test(
    'a machine that was put back is found by what a run asks first, and goes on once that was decided',
    async (t) => {
      const before = join(e.folder, 'before.sqlite');
      inAgent(e, `VACUUM INTO '${before}'`);
      must(await e.central(['collect']));
      inAgent(
        e,
        `ATTACH '${before}' AS before; DELETE FROM journal_entry; DELETE FROM journal_head;
       INSERT INTO journal_entry SELECT * FROM before.journal_entry;
       INSERT INTO journal_head SELECT * FROM before.journal_head`,
      );
      let ref = '';
      for (const time of ['found', 'waits']) {
        const run = await e.central(['collect', '--json']);
        t.not(run.code, 0);
        const [told] = sourcesOf(run.output);
        t.match(
          told,
          { outcome: 'needs-attention', problem: 'journal-cut', attention: [{ code: 'journal-cut' }] },
          time,
        );
        ref = told?.attention[0]?.ref ?? '';
      }
      const { rows } = JSON.parse((await e.central(['status', '--json'])).output) as StatusReport;
      t.match(rows, [{ attention: { code: 'journal-cut', decision: null } }]);
      must(await e.central(['attention', 'accept', 'AL', ref, '--reason', 'restaurada do backup']));
      must(await e.central(['collect']));
      must(await e.agent(['journal', 'export', '--out', journal]));
      const told = must(await e.central(['receipts', 'compare', journal])).output;
      t.match(told, /! diário cortado em .+; aceito em /);
      t.match(told, 'a mesma história');
    },
  );
});
