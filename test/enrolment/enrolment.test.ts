import { readFileSync } from 'node:fs';
import { test } from 'tap';
import { codeIn, enrolment, must } from '../support/enrolled.ts';

void test('a state is enrolled by two files, and collected over mutual TLS', async (t) => {
  const e = await enrolment(t);
  const invited = must(await e.invite());
  t.match(invited.output, /guarita-agent init --invite/);
  const inited = await e.init();
  t.equal(inited.code, 0, inited.output + inited.errors);
  t.match(inited.output, /✓ unidade: \d+ colunas, todas as do dicionário/);
  const serving = await e.serve();
  t.match(serving.url, /^https:/);
  const accepted = await e.accept('--code', codeIn(inited));
  t.equal(accepted.code, 0, accepted.output + accepted.errors);
  t.equal(codeIn(accepted), codeIn(inited), 'both see the same code');
  t.match(accepted.output, /leu uma página de unidade: 20 linhas/);
  const collected = await e.central(['collect', '--json']);
  t.match(JSON.parse(collected.output), [{ source: 'AL', outcome: 'complete', views: [{ rows: 20 }] }]);
  t.notMatch(readFileSync(e.agentConfig, 'utf8'), /senha|password/i);
});
