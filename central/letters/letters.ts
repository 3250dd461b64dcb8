import type { LetterKind } from '../base/access-layer/asked-letters.ts';
import {
  authorityAsked,
  authorityDocument,
  authorityReplaced,
  requestAdmitted,
  requestLink,
  requestPassword,
  requestRefused,
} from './access-requests.ts';
import { factorAdded, factorsRemoved, passwordChanged, passwordReset } from './credentials.ts';
import { decisionsWait, roleLapses } from './decisions.ts';
import { helpAsked } from './help-asked.ts';
import type { Letter } from './letter.ts';

/** All letters that are asked for. */
export const letters: Readonly<Record<LetterKind, Letter>> = {
  'authority-asked': authorityAsked,
  'authority-document': authorityDocument,
  'authority-replaced': authorityReplaced,
  'request-admitted': requestAdmitted,
  'request-link': requestLink,
  'request-password': requestPassword,
  'request-refused': requestRefused,
  'password-changed': passwordChanged,
  'password-reset': passwordReset,
  'factor-added': factorAdded,
  'factors-removed': factorsRemoved,
  'help-asked': helpAsked,
  'decisions-wait': decisionsWait,
  'role-lapses': roleLapses,
};

/** Throws for a kind that is none here: whoever asked for it is of a newer version. */
export function letterOf(kind: string): Letter {
  if (!Object.hasOwn(letters, kind)) throw new TypeError(`No letter "${kind}" is known here.`);
  return letters[kind as LetterKind];
}
