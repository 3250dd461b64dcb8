import { hash } from 'node:crypto';
import type { Questions } from '../../base/base.ts';
import { rulesOf } from '../link/block/rules.ts';
import { comparisonsOf } from '../link/compare/comparisons.ts';
import type { Locale } from '../link/locale/locale.ts';
import { locales } from '../link/locale/locales.ts';
import { neutral } from '../link/locale/neutral.ts';
import { scorerOf } from '../link/model/compile.ts';
import type { Model } from '../link/model/model.ts';
import type { Scorer } from '../link/model/scorer.ts';
import { type Thresholds, thresholds } from '../link/model/thresholds.ts';
import { type Registers, RegistersBuilder } from '../link/registers/builder.ts';
import type { Register } from '../link/registers/register.ts';
import { modelInForce } from './model-in-force.ts';

/**
 * How registers are linked and what that comes to: one more whenever it changes, which `test/treat/recorded` sees (but for
 * what is asked of the base); then all are linked again.
 */
export const linkingVersion = '3';

/** Linkage of the base's registers by one model. */
export class Linker {
  readonly model: Model;
  readonly thresholds: Thresholds;
  readonly rules = rulesOf();
  /** Of everything that what it comes to depends on, besides registers and decisions. */
  readonly version: string;
  readonly #locale: Locale;
  readonly #comparisons = comparisonsOf();

  constructor(model: Model, limits: Thresholds) {
    this.model = model;
    this.thresholds = limits;
    this.#locale = locales[model.locale] ?? neutral;
    this.version = hash('sha256', JSON.stringify([linkingVersion, model, limits]), 'hex');
  }

  /** In their order. */
  columnsOf(registers: readonly Register[]): Registers {
    const builder = new RegistersBuilder({ locale: this.#locale, expected: registers.length });
    for (const register of registers) builder.add(register);
    return builder.done();
  }

  scorerOf(registers: Registers): Scorer {
    return scorerOf(registers, this.model, this.#comparisons);
  }
}

/** Linkage by the model that is in force, see `modelInForce`. Throws `model-unusable`. */
export async function linkerInForce(questions: Questions, locale: string): Promise<Linker> {
  return new Linker(await modelInForce(questions, locale), thresholds);
}
