import Type, { type Static } from 'typebox';

/** Where somebody goes on to when they have shown a second factor: pages that ask for it anew. None: to the first page. */
export const paraQuery = Type.Object({ para: Type.Enum(['', 'meus', 'novo'], { default: '' }) });

type Para = Static<typeof paraQuery>['para'];

export function pathOf(para: Para): string {
  return para === '' ? '/' : `/segundo-fator/${para}`;
}
