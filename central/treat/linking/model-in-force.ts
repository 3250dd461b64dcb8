import type { Questions } from '../../base/base.ts';
import { adoptedModel } from '../../base/decided-layer/models.ts';
import { comparisonsOf } from '../link/compare/comparisons.ts';
import { firstModel } from '../link/model/first-model.ts';
import type { Model } from '../link/model/model.ts';
import { readModel } from '../link/model/read-model.ts';

/**
 * By which model registers are linked: the one that was adopted last; the first one, which every program brings, before any
 * was, and where that one was adopted again. Throws `model-unusable`.
 *
 * @param locale of the names, for the first one: a model that was trained has its own
 */
export async function modelInForce(questions: Questions, locale: string): Promise<Model> {
  const adopted = await adoptedModel(questions);
  return adopted === null ? firstModel(locale) : readModel(adopted, comparisonsOf());
}
