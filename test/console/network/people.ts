import { register, type VisitRow, type World } from './world.ts';

/** Somebody with a link of each kind, in two states and under two names; all made up. */
export const middle = register('AL', 'custodiado', 'n100', 'JOSÉ CARLOS DA SILVA SANTOS', {
  nome_social: 'JOYCE DA SILVA',
});
export const alsoMiddle = register('SE', 'custodiado', 'n900', 'JOSE CARLOS SILVA', {
  pessoa_id: middle.pessoa_id,
});
export const mother = register('AL', 'visitante', 'n501', 'MARIA APARECIDA DA SILVA');
export const cousin = register('SE', 'visitante', 'n502', 'RITA <b>ESCAPADA</b> & CIA');
export const lawyer = register('AL', 'advogado', 'n31', 'CARLA MENDES TEIXEIRA');
export const codefendant = register('PE', 'custodiado', 'n77', 'PAULO ROBERTO FERREIRA');
export const cellmate = register('AL', 'custodiado', 'n101', 'ANTÔNIO MARCOS LIMA');
export const neighbour = register('AL', 'custodiado', 'n102', null);
/** Visited by the mother, too. */
export const visited = register('AL', 'custodiado', 'n103', 'CARLOS EDUARDO NASCIMENTO');
/** Linked with nobody but the one whom the mother visits. */
export const beyond = register('AL', 'custodiado', 'n104', 'SEVERINO BEZERRA');
export const apart = register('SE', 'custodiado', 'n999', 'NINGUÉM LIGADO');

const process = '0001234-46.2024.8.02.0001';
const bond = { parentesco: null, situacao: 'ativo', fim: null };
const free = { ala: null, cela: null };

export const world: World = {
  registro: [
    ...[middle, alsoMiddle, mother, cousin, lawyer, codefendant, cellmate, neighbour, visited, beyond, apart],
  ],
  visita: [
    ...[1, 2, 3].map((month) => ({
      ...{
        fonte: 'AL',
        id: `nv${month}`,
        custodiado_id: 'n100',
        visitante_id: 'n501',
        instante: `2024-0${month}-03 09:00`,
      },
    })),
    { fonte: 'AL', id: 'nv9', custodiado_id: 'n103', visitante_id: 'n501', instante: '2023-05-06 09:00' },
    { fonte: 'SE', id: 'nv1', custodiado_id: 'n900', visitante_id: 'n502', instante: '2022-02-02 09:00' },
  ],
  vinculo: [
    {
      ...bond,
      fonte: 'AL',
      id: 'nb1',
      custodiado_id: 'n100',
      pessoa_tipo: 'visitante',
      pessoa_id: 'n501',
      parentesco: 'mae',
      inicio: '2023-01-01',
    },
    {
      ...bond,
      fonte: 'AL',
      id: 'nb2',
      custodiado_id: 'n100',
      pessoa_tipo: 'advogado',
      pessoa_id: 'n31',
      inicio: '2024-02-01',
    },
  ],
  processo: [
    { fonte: 'AL', id: 'np1', custodiado_id: 'n100', numero_cnj: process, data_fato: null },
    { fonte: 'PE', id: 'np1', custodiado_id: 'n77', numero_cnj: process, data_fato: '2024-01-01' },
    { fonte: 'AL', id: 'np2', custodiado_id: 'n103', numero_cnj: 'outro', data_fato: null },
    { fonte: 'AL', id: 'np3', custodiado_id: 'n104', numero_cnj: 'outro', data_fato: null },
  ],
  custodia: [
    {
      fonte: 'AL',
      id: 'nc1',
      custodiado_id: 'n100',
      unidade_id: 'nu1',
      entrada: '2024-01-01',
      saida: '2024-12-31',
      ala: 'B',
      cela: '12',
    },
    {
      fonte: 'AL',
      id: 'nc2',
      custodiado_id: 'n101',
      unidade_id: 'nu1',
      entrada: '2024-03-01',
      saida: '2024-03-31',
      ala: 'B',
      cela: '12',
    },
    {
      ...free,
      fonte: 'AL',
      id: 'nc3',
      custodiado_id: 'n102',
      unidade_id: 'nu1',
      entrada: '2024-12-31',
      saida: null,
    },
    {
      ...free,
      fonte: 'SE',
      id: 'nc4',
      custodiado_id: 'n999',
      unidade_id: 'nu1',
      entrada: '2024-01-01',
      saida: null,
    },
  ],
  unidade: [{ fonte: 'AL', id: 'nu1', nome: 'PRESÍDIO DO AGRESTE' }],
};

const many = Array.from({ length: 300 }, (_, n) =>
  register('AL', 'visitante', `nm${n}`, `MARIA WALQUÍRIA ${'M'.repeat(n === 5 ? 4000 : 30)} NASCIMENTO ${n}`),
);

/** Besides them: 260 visitors of one who had none, 40 of whom come to another one as well, who has 40 more. */
export const crowd: Pick<World, 'registro' | 'visita'> = {
  registro: many,
  visita: [
    ...many.flatMap(({ id }, n): VisitRow[] =>
      Array.from({ length: 1 + (n % 3) }, (_, k) => ({
        ...{ fonte: 'AL', id: `${id}-${k}`, custodiado_id: n < 260 ? 'n104' : 'n103', visitante_id: id },
        instante: `2024-01-0${k + 1} 10:00`,
      })),
    ),
    ...many.slice(0, 40).map(
      ({ id }): VisitRow => ({
        fonte: 'AL',
        id: `${id}-x`,
        custodiado_id: 'n103',
        visitante_id: id,
        instante: null,
      }),
    ),
  ],
};
