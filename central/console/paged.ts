import Type from 'typebox';
import type { PageAsked } from '../base/access-layer/page-asked.ts';

const onPage = 100;

/** Of the address of a list that has pages: which one, from 1 on. */
export const pageQuery = { pagina: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,3}$' })) };

/** What is asked of the base for a page: one more than it has, by which it is seen whether another follows. */
export function pageAsked(pagina = '1'): PageAsked {
  return { skip: (Number(pagina) - 1) * onPage, most: onPage + 1 };
}

/** What is shown of what was found, and the addresses of the first page and of the next one. */
export function pageShown<T>(
  path: string,
  pagina: string | undefined,
  found: readonly T[],
): { readonly rows: readonly T[]; readonly first: string | null; readonly next: string | null } {
  const number = Number(pagina ?? 1);
  return {
    rows: found.slice(0, onPage),
    first: number === 1 ? null : path,
    next: found.length > onPage ? `${path}?pagina=${number + 1}` : null,
  };
}
