import type { Test } from 'tap';
import type { TestBases } from '../../support/bases.ts';
import { oddKeys } from './keys.ts';
import { nulInName } from './nul.ts';
import { manyCodes, otherShapes } from './shapes.ts';
import { exportedInOnePass } from './volumes.ts';

/** What a base of either kind is to stand, after `nastyEverywhere`. */
export async function oddInput(t: Test, bases: TestBases): Promise<void> {
  const { shared: base } = bases;
  await t.test('keys of any text', (t) => oddKeys(t, base, 'AL'));
  await t.test('a NUL in a name', (t) => nulInName(t, bases));
  await t.test('views of other shapes', (t) => otherShapes(t, base, 'AM'));
  await t.test('ten thousand codes', (t) => manyCodes(t, base, 'AP'));
  await t.test('an export in one pass', (t) => exportedInOnePass(t, base, 'ES'));
}
