import type { Questions } from '../../central/base/base.ts';
import { migrateBase } from '../../central/base/migrate.ts';
import { PostgresBase } from '../../central/base/postgres.ts';
import { sensitive } from '../../central/base/sight/sensitive.ts';
import { sightOf } from '../../central/base/sight/sight.ts';
import { type NetworkQuery, readView } from '../../central/console/network/address.ts';
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
    const asked = { sight: sightOf(grant), today, from: null, until: null };
    const show = async (questions: Questions, id: string, query: Partial<NetworkQuery>) => {
      const person = (await seenPeople(questions, asked.sight, [id])).get(id);
      if (person === undefined) throw new Error('nobody was made');
      const read = readView({ ...plain, ...query });
      const network = await networkOf(questions, person, read.view, asked);
      const page = networkPage({ network, onCase: '/caso/1', read, asked: { de: '', ate: '' }, unseen: [] });
      return { network, bytes: Buffer.byteLength(page.toString()) };
    };
    const measured = async (name: string, work: (questions: Questions, at: number) => Promise<unknown>) => {
      const milliseconds: number[] = [];
      for (let at = -3; at < times; at++) {
        const began = performance.now();
        await base.snapshot((questions) => work(questions, at + 3), { use: 'pages' });
        if (at >= 0) milliseconds.push(performance.now() - began);
      }
      const sorted = milliseconds.toSorted((a, b) => a - b);
      const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
      const figures = { p50Ms: at(0.5), p95Ms: at(0.95) };
      say(name, figures);
      return figures;
    };
    const middle = await idOf(heavy.id);
    const ordinary = await Promise.all(Array.from({ length: times + 3 }, (_, at) => idOf(`p${1 + at * 37}`)));
    const network = await measured('network of 300 links and 20,000 visits', (questions) =>
      show(questions, middle, {}),
    );
    const whole = await measured('the same, 119 around', (questions) =>
      show(questions, middle, { mostrar: '119' }),
    );
    const { bytes } = await base.snapshot((questions) => show(questions, middle, { mostrar: '119' }), {
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
