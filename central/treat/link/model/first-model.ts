import { comparisonsOf } from '../compare/comparisons.ts';
import type { Model } from './model.ts';
import { priorModel } from './prior-model.ts';

/** How likely two registers of a nation are one person's, in bits: of four million, one in four million pairs. */
const prior = -22;

/**
 * What linkage goes by until a model is adopted: nothing in it was learnt. Measured on 100,000 made-up registers: what it
 * merges is as sure as by a model that was trained, and it merges less (docs/performance.md).
 */
export function firstModel(locale: string): Model {
  return {
    ...priorModel(comparisonsOf(), { locale, blockCap: 2000, prior }),
    version: 'inicial',
  };
}
