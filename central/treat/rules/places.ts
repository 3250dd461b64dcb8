import { isHome } from './custody-state.ts';
import type { Custodia } from './rows.ts';

/** The columns of a unit that tell its places, by whom they are for. */
export const placeColumns = [
  ...(['vagas_provisorio', 'vagas_fechado', 'vagas_semiaberto', 'vagas_aberto'] as const),
  ...(['vagas_rdd', 'vagas_medida_seguranca', 'vagas_outros'] as const),
];

/** `vagas_fechado` */
export type PlaceColumn = (typeof placeColumns)[number];

/** Whose places an open custody takes; null for home custody, and where that is not known. */
export function placeOf(custodia: Custodia): PlaceColumn | null {
  const { natureza, regime } = custodia;
  if (isHome(custodia)) return null;
  if (custodia.rdd === true) return 'vagas_rdd';
  if (natureza === 'medida_seguranca' || regime === 'internacao') return 'vagas_medida_seguranca';
  if (natureza === 'provisoria' || natureza === 'temporaria') return 'vagas_provisorio';
  if (regime === 'fechado') return 'vagas_fechado';
  if (regime === 'semiaberto') return 'vagas_semiaberto';
  if (regime === 'aberto') return 'vagas_aberto';
  return natureza === 'civil' || natureza === 'outra' ? 'vagas_outros' : null;
}
