import type { Test } from 'tap';
import { type PlaceColumn, placeOf } from '../../../central/treat/rules/places.ts';
import { type Given, rowOf } from './scene.ts';

const custodies: readonly (readonly [custody: Given, place: PlaceColumn | null])[] = [
  [{ natureza: 'condenacao', regime: 'fechado' }, 'vagas_fechado'],
  [{ natureza: 'condenacao', regime: 'fechado', rdd: true }, 'vagas_rdd'],
  [{ natureza: 'condenacao', regime: 'semiaberto', rdd: false }, 'vagas_semiaberto'],
  [{ natureza: 'condenacao', regime: 'aberto' }, 'vagas_aberto'],
  [{ natureza: 'provisoria', regime: 'fechado' }, 'vagas_provisorio'],
  [{ natureza: 'temporaria' }, 'vagas_provisorio'],
  [{ natureza: 'medida_seguranca', regime: 'fechado' }, 'vagas_medida_seguranca'],
  [{ natureza: 'provisoria', regime: 'internacao' }, 'vagas_medida_seguranca'],
  [{ natureza: 'civil', regime: 'sem_regime' }, 'vagas_outros'],
  [{ natureza: 'outra' }, 'vagas_outros'],
  [{ natureza: 'condenacao', regime: 'domiciliar', rdd: true }, null],
  [{ natureza: 'condenacao' }, null],
  [{}, null],
];

/** Whose places a custody takes. */
export function placesOfCustodies(t: Test): void {
  for (const [custody, place] of custodies) {
    t.equal(placeOf(rowOf('custodia', custody, '1')), place, JSON.stringify(custody));
  }
  t.end();
}
