/** Why a column cannot be part of a key, of whose type the database compares and sorts no values as they are written. */
export function noOrder({ name, type }: { readonly name: string; readonly type: string }): string {
  return `coluna "${name}", de tipo ${type}, não tem uma ordem que uma chave possa ter.`;
}
