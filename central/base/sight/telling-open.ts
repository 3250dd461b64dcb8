import type { Questions } from '../base.ts';
import { sourcesTellingOpen, sourcesTellingOpenSql } from '../national-layer/open-custody.ts';
import type { Sight } from './sight.ts';

/** Sources of whose custodies a body can say that they are open: they tell when one ends, and that is seen. */
export async function tellingOpen(questions: Questions, sight: Sight): Promise<readonly string[]> {
  return sight.sees('custodia', 'saida') ? await sourcesTellingOpen(questions) : [];
}

/** The same as SQL to stand after IN, for who asks it of rows of one question. */
export function tellingOpenSql(sight: Sight): string {
  return sight.sees('custodia', 'saida') ? `(${sourcesTellingOpenSql})` : `(NULL)`;
}
