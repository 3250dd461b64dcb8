import { GuaritaError } from '../../shared/errors.ts';
import type { Base } from '../base/base.ts';
import { sourcesHeld } from '../base/national-layer/treated-sources.ts';

/**
 * Sources of which the base holds something, by their names in either case, or all: none of them need be enrolled.
 * Throws `option-invalid`.
 */
export async function heldSources(base: Base, names: readonly string[]): Promise<readonly string[]> {
  const held = await base.snapshot((questions) => sourcesHeld(questions));
  const named = new Set(names.map((name) => name.toUpperCase()));
  const unknown = [...named].find((name) => !held.includes(name));
  if (unknown !== undefined) {
    const there = held.length === 0 ? 'ela ainda não tem nada' : `há: ${held.join(', ')}`;
    throw new GuaritaError('option-invalid', `A base não tem nada de "${unknown}"; ${there}.`);
  }
  return named.size === 0 ? held : [...named];
}
