import type { Test } from 'tap';
import { yesOrNo } from '../../../shared/prompts.ts';

/** What people type for yes and no. */
export function answers(t: Test): void {
  for (const yes of ['s', 'S', 'sim', 'Sim ', 'SI', 'y', 'yes']) t.equal(yesOrNo(yes, false), true, yes);
  for (const no of ['n', 'não', 'NÃO', 'nao', 'na\u0303o', 'no']) t.equal(yesOrNo(no, true), false, no);
  for (const none of ['x', 'simm', 'talvez', '0', 'ok']) t.equal(yesOrNo(none, true), null, none);
  for (const preset of [true, false]) t.equal(yesOrNo(' ', preset), preset);
  t.end();
}
