import { isProblemCode, problemOf } from '../../shared/problems/catalogue.ts';

/** What was the matter; of a problem that this version does not know its code. */
export function problemText(code: string): string {
  if (!isProblemCode(code)) return code;
  const title = problemOf(code).pt.title.replace(/\.$/, '');
  return title.charAt(0).toLowerCase() + title.slice(1);
}
