import { readFileSync } from 'node:fs';
import type { Questions } from '../../central/base/base.ts';
import { migrateBase } from '../../central/base/migrate.ts';
import { PostgresBase } from '../../central/base/postgres.ts';
import { sensitive } from '../../central/base/sight/sensitive.ts';
import { type NetworkQuery, readView } from '../../central/console/network/address.ts';
import { askedLinks } from '../../central/console/network/asked.ts';
import { chainBetween } from '../../central/console/network/chain.ts';
import { chainKinds } from '../../central/console/network/kinds.ts';
import { networkOf } from '../../central/console/network/network.ts';
import { networkPage } from '../../central/console/network/page.ts';
import { seenPeople } from '../../central/console/network/people.ts';
import { standardViews } from '../../shared/dictionary/standard-views.ts';
import { heavy, heavyPerson, nation } from './network/fill.ts';
import { say } from './say.ts';
import { type Bench, connect } from './setup.ts';

const times = 40;
const today = '2026-11-30';
const plain: NetworkQuery = { tipos: '', de: '', ate: '', abrir: '', mostrar: '' };
// As a body sees that sees all states and no minors: what is left out costs more than what is not.
const grant = {
  ...{ views: standardViews.map(({ name }) => name), hidden: ['custodiado.nome_pai'], states: [] },
  sensitive: Object.keys(sensitive).filter((name) => name !== 'visitante.menores'),
};

/** How long a network takes, page and all, over 200,000 people in custody at the most; and a chain. */
export async function networkPart(bench: Bench): Promise<Record<string, object>> {
  const people = Math.min(bench.rows, 200_000);
  const url = await bench.createDatabase('rede');
  const base = new PostgresBase({ url, password: 'bench', connections: 2, timeoutSeconds: 600 });
  const client = await connect(bench.server.url('rede'));
  try {
    await migrateBase(base);
    for (const statement of [...nation(people), ...heavyPerson(people)]) await client.query(statement);
    await client.query('VACUUM ANALYZE');
    const idOf = async (id: string) => {
      const { rows } = await client.query<{ id: string }>(
        `SELECT pessoa_id::text AS id FROM nacional.registro WHERE papel = 'custodiado' AND id = $1`,
        [id],
      );
      return rows[0]?.id ?? '';
    };
    const asked = askedLinks(grant, { today, from: null, until: null });
    const show = async (questions: Questions, id: string, query: Partial<NetworkQuery>) => {
      const person = (await seenPeople(questions, asked.sight, [id])).get(id);
      if (person === undefined) throw new Error('nobody was made');
      const read = readView({ ...plain, ...query });
      const network = await networkOf(questions, person, read.view, asked);
      const page = networkPage({ network, onCase: '/caso/1', read, asked: { de: '', ate: '' }, unseen: [] });
      return { network, bytes: Buffer.byteLength(page.toString()) };
    };
    /** Of the server's process and of this one together: what others do on the machine is not in it; wall time beside it. */
    const measured = async (name: string, work: (questions: Questions, at: number) => Promise<unknown>) => {
      const [processor, wall]: [number[], number[]] = [[], []];
      for (let at = -3; at < times; at++) {
        await base.snapshot(
          async (questions) => {
            const [backend] = await questions.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
            const [began, used, served] = [
              performance.now(),
              process.cpuUsage(),
              processorOf(backend?.pid ?? 0),
            ];
            await work(questions, at + 3);
            const own = process.cpuUsage(used);
            if (at < 0) return;
            wall.push(performance.now() - began);
            processor.push(processorOf(backend?.pid ?? 0) - served + (own.user + own.system) / 1000);
          },
          { use: 'pages' },
        );
      }
      const [p50Ms, p95Ms] = [shareOf(processor, 0.5), shareOf(processor, 0.95)];
      const figures = { p50Ms, p95Ms, wallP50Ms: shareOf(wall, 0.5), wallP95Ms: shareOf(wall, 0.95) };
      say(name, figures);
      return figures;
    };
    const middle = await idOf(heavy.id);
    const ordinary: string[] = [];
    for (let at = 0; at < times + 3; at++) ordinary.push(await idOf(`p${1 + at * 37}`));
    const network = await measured('network of 300 links and 20,000 visits', (questions) =>
      show(questions, middle, {}),
    );
    const whole = await measured('the same, 100 around', (questions) =>
      show(questions, middle, { mostrar: '100' }),
    );
    const { bytes } = await base.snapshot((questions) => show(questions, middle, { mostrar: '100' }), {
      use: 'pages',
    });
    const usual = await measured('network of others', (questions, at) =>
      show(questions, ordinary[at] ?? '', {}),
    );
    const chain = await measured('a chain from there to others', (questions, at) =>
      chainBetween(questions, [middle, ordinary[at] ?? ''], chainKinds, asked),
    );
    return { network: { people, ...network, largest: { ...whole, bytes }, ordinary: usual, chain } };
  } finally {
    await client.end();
    await base.close();
  }
}

/** Milliseconds of the processor that a process has had, by the kernel's own account. */
function processorOf(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
}

function shareOf(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
}
