import * as fc from 'fast-check';
import { sensitive } from '../../../central/base/sight/sensitive.ts';
import type { Granted } from '../../../central/base/sight/sight.ts';
import type { World } from './world.ts';

const views = ['custodiado', 'visitante', 'advogado', 'visita', 'vinculo', 'processo', 'custodia', 'unidade'];

/** An agreement that leaves nothing out of which a network is made. */
export const everything: Granted = {
  views,
  ...{ sensitive: Object.keys(sensitive), hidden: [], states: [] },
};

/** Agreements that leave something out. */
export function grantsOf(): fc.Arbitrary<Granted> {
  const most = (of: readonly string[], least: number) => fc.subarray([...of], { minLength: least });
  return fc.record({
    views: most(views, 6),
    sensitive: most(['vinculo.advogados', 'visitante.menores'], 0),
    hidden: fc.oneof(
      fc.constant([]),
      most(
        [
          ...[
            'custodiado.nome',
            'visita.instante',
            'visita.visitante_id',
            'vinculo.inicio',
            'vinculo.pessoa_tipo',
          ],
          ...['custodia.cela', 'custodia.ala', 'custodia.saida', 'custodia.entrada', 'processo.numero_cnj'],
          ...['unidade.nome', 'visita.custodiado_id', 'processo.data_fato'],
        ],
        0,
      ),
    ),
    states: fc.constantFrom([], ['AL'], ['SE'], ['AL', 'SE']),
  });
}

/** What a world is for a body: without the rows that its agreement does not show, and without the columns. */
export function seenOf(world: World, { views: granted, sensitive, hidden, states }: Granted): World {
  const isOf = (fonte: string) => states.length === 0 || states.includes(fonte);
  const minors = new Set(
    world.registro
      .filter(
        ({ papel, data_nascimento: birth }) => papel === 'visitante' && birth !== null && birth > '2010',
      )
      .map(({ fonte, id }) => `${fonte} ${id}`),
  );
  const seesMinors = sensitive.includes('visitante.menores');
  const isMinor = (fonte: string, id: string) => !seesMinors && minors.has(`${fonte} ${id}`);
  const rows = <T extends { readonly fonte: string }>(view: string, all: readonly T[]) =>
    granted.includes(view)
      ? all
          .filter(({ fonte }) => isOf(fonte))
          .map(
            (row) =>
              Object.fromEntries(
                Object.entries(row).map(([name, value]) => [
                  name,
                  hidden.includes(`${view}.${name}`) ? null : value,
                ]),
              ) as unknown as T,
          )
      : [];
  return {
    registro: (['custodiado', 'visitante', 'advogado'] as const).flatMap((role) =>
      rows(
        role,
        world.registro.filter(
          ({ papel, fonte, id }) => papel === role && (role !== 'visitante' || !isMinor(fonte, id)),
        ),
      ),
    ),
    visita: rows(
      'visita',
      world.visita.filter((row) => !isMinor(row.fonte, row.visitante_id)),
    ),
    vinculo: rows(
      'vinculo',
      world.vinculo.filter(
        (row) =>
          (row.pessoa_tipo === 'visitante' || sensitive.includes('vinculo.advogados')) &&
          (row.pessoa_tipo === 'advogado' || !isMinor(row.fonte, row.pessoa_id)),
      ),
    ),
    processo: rows('processo', world.processo),
    custodia: rows('custodia', world.custodia),
    unidade: rows('unidade', world.unidade),
  };
}
