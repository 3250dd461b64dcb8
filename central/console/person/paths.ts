/** Characters of a key that an address has place for, as `maxParamLength` of the console says. */
const longestKey = 200;

/** Where a person's page is, in a case. @param id `natal_id` of any register of theirs that is seen */
export function personPath(number: number, id: string): string {
  return `/caso/${number}/pessoa/${id}`;
}

/** Where a row comes from; null for a key that no address can have. @param person their path */
export function originPath(person: string, view: string, source: string, id: string): string | null {
  const key = encodeURIComponent(id);
  return key.length > longestKey || /^\.{0,2}$/.test(key)
    ? null
    : `${person}/origem/${view}/${source}/${key}`;
}
