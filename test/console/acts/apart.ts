import type { Test } from 'tap';
import { readTexts } from '../../../scripts/docs/sources.ts';

/**
 * What the console commits by itself, and why that is no part of an act: all else is done by `audit/record.ts`, together
 * with its entry, so that no kill comes between the two.
 */
const allowed: Readonly<Record<string, string>> = {
  'access/counted-try.ts': 'a try counts whatever becomes of it',
  'alarms/raise.ts': 'an alarm, with an entry of its own',
  'audit/record.ts': 'the act with its entry',
  'login-unico/routes.ts': 'what is asked of a browser, and its answer, which is taken once',
  'register.ts': 'that a session was used',
  'same-key.ts': 'by which key the first console served',
  'second-factor/ask.ts': 'what is asked of a key, and its answer, which is taken once',
  'second-factor/register.ts': 'the same, and the secret of an app that does not count yet',
};

export function apart(t: Test): void {
  const committing = readTexts('central/console')
    .filter(({ text }) => /\.transaction\(/.test(text))
    .map(({ name }) => name.replace('central/console/', ''));
  t.same(committing.toSorted(), Object.keys(allowed));
  t.end();
}
