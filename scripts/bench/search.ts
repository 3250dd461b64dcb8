import { migrateBase } from '../../central/base/migrate.ts';
import { natalId } from '../../central/base/national-layer/natal-id.ts';
import { PostgresBase } from '../../central/base/postgres.ts';
import { indexNames } from '../../central/treat/index-names.ts';
import { createRng } from '../demo/rng.ts';
import { madeUpPeople } from '../linkage/people.ts';
import { say } from './say.ts';
import { fillPeople, keyOf, source } from './search/fill-people.ts';
import { type Question, questions } from './search/questions.ts';
import { CpuMeter, type Sought, seek } from './search/searcher.ts';
import { type Bench, connect } from './setup.ts';

const seed = Number(process.env['GUARITA_SEED'] ?? 1);
const searches = Number(process.env['GUARITA_BENCH_SEARCHES'] ?? 300);

/**
 * Searches of a console for people who are drawn by chance, in a base of so many: by what somebody knows of them. The
 * processor time is that of the server's process and of the console's together, from what is asked to the page.
 */
export async function searchPart(bench: Bench): Promise<Record<string, object>> {
  const url = await bench.createDatabase('busca');
  const base = new PostgresBase({ url, password: 'bench', connections: 2, timeoutSeconds: 600 });
  const client = await connect(bench.server.url('busca'));
  try {
    await migrateBase(base);
    let began = performance.now();
    const took = () => {
      const seconds = (performance.now() - began) / 1000;
      began = performance.now();
      return seconds;
    };
    await fillPeople(base, seed, bench.rows);
    const fillSeconds = took();
    await indexNames(base, { signal: undefined });
    const indexSeconds = took();
    await client.query(
      'VACUUM ANALYZE nacional.registro, nacional.busca, nacional.palavra, nacional.custodia',
    );
    const { rows } = await client.query<{ words: number; mb: number }>(
      `SELECT (SELECT count(*)::int FROM nacional.palavra) AS words,
              ((pg_total_relation_size('nacional.busca') + pg_total_relation_size('nacional.palavra')) / 1e6)::int AS mb`,
    );
    const { words = 0, mb = 0 } = rows[0] ?? {};
    say('people to be found', {
      people: bench.rows,
      words,
      'index MB': mb,
      'fill s': fillSeconds,
      'index s': indexSeconds,
    });
    // The first search makes the connection, and has what is read often read.
    for (const question of Object.values(questions))
      await measure(base, null, question, 'warm', bench.rows, 30);
    const meter = await CpuMeter.of(client);
    const kinds: Record<string, object> = {};
    for (const [kind, question] of Object.entries(questions)) {
      const sought = await measure(base, meter, question, kind, bench.rows, searches);
      const figures = figuresOf(sought);
      say(`search, ${kind}`, figures);
      kinds[kind] = figures;
    }
    return { search: { people: bench.rows, words, indexMb: mb, indexSeconds, ...kinds } };
  } finally {
    await client.end();
    await base.close();
  }
}

async function measure(
  base: PostgresBase,
  meter: CpuMeter | null,
  question: Question,
  stream: string,
  people: number,
  count: number,
): Promise<Sought[]> {
  const personOf = madeUpPeople(seed);
  const rng = createRng(seed, `search ${stream}`);
  const idle = { now: () => 0 };
  const all: Sought[] = [];
  while (all.length < count) {
    const number = rng.integer(0, people - 1);
    const person = personOf(number);
    const query = question(person, rng);
    if (query === null) continue;
    const natal = natalId(source, 'custodiado', keyOf(number));
    all.push(await seek(base, meter ?? idle, query, person, (register) => register === natal));
  }
  return all;
}

function figuresOf(all: readonly Sought[]): Record<string, number> {
  const share = (is: (one: Sought) => boolean) => all.filter(is).length / all.length;
  const at = (values: readonly number[], part: number) =>
    values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.ceil(values.length * part) - 1)] ?? 0;
  const cpu = all.map(({ cpuMs }) => cpuMs);
  return {
    ...{
      p50Ms: at(cpu, 0.5),
      p95Ms: at(cpu, 0.95),
      wallP95Ms: at(
        all.map(({ wallMs }) => wallMs),
        0.95,
      ),
    },
    ...{ found: share(({ found }) => found), again: share(({ again }) => again > 0) },
    askedForMore: share(({ askedForMore }) => askedForMore),
  };
}
