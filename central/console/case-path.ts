/** What may stand for a page within a case: an address of this site, without its case. */
const within = /^\/(?![/\\])[^\p{Cc}\\]*$/u;

/** Of the address of a page within a case, what follows the case; null where it is none. */
export function pathInCase(url: string): string | null {
  const path = /^\/caso\/[^/?#]+(\/.+)$/.exec(url)?.[1] ?? null;
  return path !== null && within.test(path) ? path : null;
}

/** Where somebody goes on in a case who wanted to go there: no further than within the case, else to its first page. */
export function destination(number: number, path: string): string {
  const start = `/caso/${number}`;
  const wanted = `${start}${path}`;
  if (!within.test(path) || !URL.canParse(wanted, 'http://site')) return start;
  // As a browser reads it: "/../" leads out of the case, however it is written.
  const { pathname, search } = new URL(wanted, 'http://site');
  return pathname.startsWith(`${start}/`) && pathname !== `${start}/` ? `${pathname}${search}` : start;
}

/** The page on which a purpose is chosen, to come back to this path within the case. */
export function choiceAt(path: string | null): string {
  return path === null ? '/finalidade' : `/finalidade?para=${encodeURIComponent(path)}`;
}
