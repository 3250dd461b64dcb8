/** The seed that a failure is told with, and the path of fast-check to it: they repeat a case. */
export const seed = Number(process.env['GUARITA_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const path = process.env['GUARITA_PATH'];

/** A case takes seconds: the first one that fails is told, and made smaller only where it is asked for by its path. */
export const repeatable: { readonly seed: number; readonly endOnFailure: boolean; readonly path?: string } = {
  ...{ seed, endOnFailure: path === undefined },
  ...(path === undefined ? {} : { path }),
};
