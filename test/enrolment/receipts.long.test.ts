// Tier: long. A whole life over a real process: both sides tell the same story.
import { readFileSync } from 'node:fs';
import t from 'tap';
import { collectedState } from '../support/collected-state.ts';
import { must } from '../support/enrolled.ts';

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
});
