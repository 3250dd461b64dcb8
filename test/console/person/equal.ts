import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Test } from 'tap';
import type { Base } from '../../../central/base/base.ts';
import { sensitive } from '../../../central/base/sight/sensitive.ts';
import type { Granted } from '../../../central/base/sight/sight.ts';
import { sections } from '../../../central/console/person/sections.ts';
import { isLong, runs } from '../../support/runs.ts';
import { type ConsoleScene, consoleScene } from '../scene.ts';
import { all, child, held, heldToo, lawyer, madeNation, social, socialToo, woman } from './nation.ts';
import { atWork, toldBy } from './person-scene.ts';

const everybody = { held, heldToo, social, socialToo, woman, child, lawyer };
/** Each page of one person, and of two others the first one; each page of everybody in the long tier. */
const people = isLong ? everybody : { held, heldToo, socialToo };
const areAllPagesOf = (name: string) => isLong || name === 'heldToo';
/** Where a value of theirs is from: some of the first ones, all of them in the long tier. */
const mostOrigins = runs(6, 1000);

/** Fields by which linkage does not decide that these are one: ids are the same for everybody. */
const fields = [
  ...['cpf', 'rg', 'alcunhas', 'estado_civil', 'nome_social'].map((name) => `custodiado.${name}`),
  ...['saida', 'cela', 'regime', 'unidade_id', 'natureza'].map((name) => `custodia.${name}`),
  ...['visita.instante', 'visita.unidade_id', 'visitante.nome', 'visitante.cpf', 'vinculo.parentesco'],
  ...['movimentacao.instante', 'processo.numero_cnj', 'pena.anos', 'unidade.nome', 'outro_nome.nome'],
];

const grants: fc.Arbitrary<Granted> = fc.record({
  views: fc
    .subarray([...all.views.filter((view) => view !== 'custodiado')])
    .map((views) => ['custodiado', ...views]),
  sensitive: fc.subarray(Object.keys(sensitive)),
  hidden: fc.subarray(fields, { maxLength: 6 }),
  states: fc.constantFrom([], ['AL'], ['RO'], ['AL', 'RO']),
});

/** What a body is shown is what it would be of a base in which there is nothing that it does not see. */
export async function equalWithoutTheRest(
  t: Test,
  scene: ConsoleScene,
  open: (name: string) => Promise<Base>,
): Promise<void> {
  let at = 0;
  await fc.assert(
    fc.asyncProperty(grants, async (granted) => {
      const other = await open(`sem_${at++}`);
      try {
        await madeNation(other, granted);
        const without = await consoleScene(t, other);
        const [one, two] = [await atWork(scene, granted), await atWork(without, granted)];
        for (const [name, id] of Object.entries(people)) {
          const own = async ({ browser, path }: typeof one) =>
            (await browser.get(path(id))).location ?? path(id);
          const [here, there] = [await own(one), await own(two)];
          const alike = async (below: string) => {
            const [with_, without_] = [
              await one.browser.get(here + below),
              await two.browser.get(there + below),
            ];
            assert.equal(with_.status, without_.status, `${name}${below}`);
            assert.equal(toldBy(with_.text), toldBy(without_.text), `${name}${below}`);
            return with_.text;
          };
          const page = await alike('');
          if (!areAllPagesOf(name)) continue;
          for (const below of [...sections.map(({ path }) => path), 'por-que']) await alike(`/${below}`);
          const origins = page.matchAll(/\/pessoa\/[^/"]+(\/origem\/[^"]+)/g);
          const different = new Set(Array.from(origins, ([, below = '']) => below));
          for (const origin of [...different].slice(0, mostOrigins)) await alike(origin);
        }
      } finally {
        await other.close();
      }
    }),
    {
      numRuns: runs(1, 6),
      // The first one alone in the quick tier: one state, a small nation, without a field of it.
      examples: [
        [{ ...all, states: ['RO'], hidden: ['custodiado.cpf'] }],
        [{ ...all, hidden: ['custodiado.cpf'] }],
        [{ ...all, states: ['RO'] }],
      ],
      // A run takes seconds: making one that fails smaller would take minutes.
      endOnFailure: true,
    },
  );
  t.ok(at > 0);
}
