import { readFileSync } from 'node:fs';
import { migrateBase } from '../../central/base/migrate.ts';
import { natalId } from '../../central/base/national-layer/natal-id.ts';
import { PostgresBase } from '../../central/base/postgres.ts';
import type { Granted } from '../../central/base/sight/sight.ts';
import { personPage } from '../../central/console/person/page.ts';
import { personFacts } from '../../central/console/person/query.ts';
import { standardViews } from '../../shared/dictionary/standard-views.ts';
import { fillPeople } from './person/fill.ts';
import { say } from './say.ts';
import { type Bench, connect } from './setup.ts';

/** Of these the pages are opened: each has 2,000 visits and two registers, of which one is in another state. */
const [opened, visits] = [60, 2000];

/** What a body sees of most grants: some states, a hidden column, neither lawyers nor children. */
const granted: Granted = {
  views: standardViews.map(({ name }) => name),
  ...{ sensitive: [], hidden: ['custodia.cela'], states: ['AL', 'RO'] },
};

export interface PersonFigures {
  readonly people: number;
  readonly visits: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** Of Node and of the backend together, a page on average. */
  readonly cpuMs: number;
  /** The largest, without what goes around it. */
  readonly bytes: number;
}

/** Pages of people with 2,000 visits each, among so many others: from the base to the text that is sent. */
export async function personPart(bench: Bench): Promise<Record<string, object>> {
  const url = await bench.createDatabase('pessoas');
  const base = new PostgresBase({ url, password: 'bench', connections: 1, timeoutSeconds: 600 });
  const client = await connect(bench.server.url('pessoas'));
  try {
    await migrateBase(base);
    await fillPeople(client, bench.rows, opened, visits);
    await client.query('VACUUM ANALYZE');
    const page = async (at: number) => {
      const id = natalId('AL', 'custodiado', `p${at}`);
      const facts = await base.snapshot((questions) => personFacts(questions, granted, id, 'pt-BR'));
      if (facts === null) throw new Error('nobody is seen');
      const place = { number: 1, path: `/caso/1/pessoa/${id}`, role: facts.person.role };
      const shown = personPage({ facts, place, today: '2026-11-30', reviewPath: null, showsLooks: false });
      return Buffer.byteLength(shown.toString());
    };
    // Once each, so that plans and code are those of a console that is at work.
    for (let at = 0; at < 10; at++) await page(at);
    const [backend] = await base.snapshot((questions) =>
      questions.query<{ pid: number }>('SELECT pg_backend_pid() AS pid'),
    );
    const before = { node: process.cpuUsage(), backend: cpuMs(backend?.pid) };
    const times: number[] = [];
    let bytes = 0;
    for (let at = 0; at < opened; at++) {
      const started = performance.now();
      bytes = Math.max(bytes, await page(at));
      times.push(performance.now() - started);
    }
    const { user, system } = process.cpuUsage(before.node);
    const cpu = (user + system) / 1000 + cpuMs(backend?.pid) - before.backend;
    const sorted = times.toSorted((a, b) => a - b);
    const figures: PersonFigures = {
      ...{
        people: bench.rows,
        visits,
        p50Ms: at(sorted, 0.5),
        p95Ms: at(sorted, 0.95),
        cpuMs: cpu / opened,
        bytes,
      },
    };
    say('a person with 2,000 visits', { ...figures });
    return { person: figures };
  } finally {
    await client.end();
    await base.close();
  }
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Processor time of a process so far, in the kernel's steps of ten milliseconds. */
function cpuMs(pid = 0): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
