import { writtenMoment } from '../../../shared/day.ts';
import { type LinkKind, linkOf } from '../../base/access-layer/request-links.ts';
import type { Base } from '../../base/base.ts';
import { digestOf } from '../secrets.ts';

/** A link of a letter, as whoever opens it finds it. */
export type FoundLink =
  | { readonly kind: 'good'; readonly about: string }
  | { readonly kind: 'used' | 'over'; readonly at: string }
  | { readonly kind: 'unknown' };

/** @param kinds of letters whose links lead here */
export async function linkFound(
  base: Base,
  secret: string,
  kinds: readonly LinkKind[],
  now: Date,
): Promise<FoundLink> {
  if (!/^[\w-]{43}$/.test(secret)) return { kind: 'unknown' };
  const link = await base.snapshot((questions) => linkOf(questions, digestOf(secret)), { use: 'pages' });
  if (link === null || !kinds.includes(link.kind)) return { kind: 'unknown' };
  if (link.used !== null) return { kind: 'used', at: link.used };
  return Date.parse(link.until) <= now.getTime()
    ? { kind: 'over', at: link.until }
    : { kind: 'good', about: link.about };
}

/** What became of one that is of no use. */
export function linkWords(link: Exclude<FoundLink, { kind: 'good' }>): string {
  switch (link.kind) {
    case 'used':
      return `O link já foi usado, em ${writtenMoment(link.at)}. Cada link serve uma vez.`;
    case 'over':
      return `O link venceu em ${writtenMoment(link.at)}.`;
    default:
      return 'Não há link com este endereço. Copie-o inteiro, como está na carta.';
  }
}
