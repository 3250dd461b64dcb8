// Tier: quick. On the base with one connection, short questions are answered between the steps of a long job.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import t from 'tap';
import { migrateBase } from '../../central/base/migrate.ts';
import { pgliteBases } from '../support/bases.ts';
import { askBeside, TreatmentLike } from './treatment-like.ts';

const bases = await pgliteBases(t);
const rows = 20_000;

void t.test('each question is answered before the step after next begins', async (t) => {
  const base = bases.shared;
  const treatment = await TreatmentLike.of(base, rows);
  let running = true;
  const waits: number[] = [];
  const job = treatment.run().finally(() => (running = false));
  const asking = [1, 2, 3].map(() =>
    askBeside(
      base,
      treatment,
      () => running,
      (steps) => void waits.push(steps),
    ),
  );
  const { steps, done } = await job;
  await Promise.all(asking);
  t.equal(done, rows);
  t.equal(await treatment.wrong(), 0);
  // From 100 rows on a step has at most twice as many as the last.
  t.ok(steps >= 8);
  t.ok(waits.length > steps, `${waits.length} questions, beside ${steps} steps`);
  t.ok(Math.max(...waits) <= 1, 'none waits for more than the step under way and, at most, the next');
});

void t.test('a question that comes over the network is heard between two steps', async (t) => {
  const base = await bases.open('network');
  await migrateBase(base);
  const treatment = await TreatmentLike.of(base, rows);
  const count = 'SELECT count(*)::int AS rows FROM registro';
  const server = createServer((_request, response) => {
    base
      .snapshot((questions) => questions.query(count), { use: 'pages' })
      .then(([row]) => response.end(JSON.stringify(row)))
      .catch((error: unknown) => response.destroy(error as Error));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const job = treatment.run();
  const seen = new Set<number>();
  for (let last = 0; last < rows; seen.add(last)) {
    const answer = await fetch(`http://127.0.0.1:${port}/`);
    last = ((await answer.json()) as { rows: number }).rows;
  }
  await job;
  server.close();
  await base.close();
  // Nothing yet, and all of it, it would be told in any case.
  t.ok(seen.size > 3, `at ${seen.size} places on its way`);
});
