import { strictEqual as equal, match } from 'node:assert';
import { join } from 'node:path';
import * as fc from 'fast-check';
import type { Test } from 'tap';
import { CursorSeal } from '../../../agent/state/cursor-seal.ts';
import { openAgentState } from '../../../agent/state/state.ts';
import { temporaryFolder } from '../../support/sqlite-views.ts';

const invalid = { code: 'cursor-invalid' };

function sealIn(t: Test, folder: string): CursorSeal {
  const state = openAgentState(folder);
  t.teardown(() => state.close());
  return new CursorSeal(state);
}

/** A cursor outside of the agent: it shows nothing, and is of no use once it is altered. */
export async function cursorSeal(t: Test): Promise<void> {
  await t.test('a cursor comes back as it was, and shows nothing on the way', async (t) => {
    const seal = sealIn(t, temporaryFolder(t));
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (cursor) => {
        const sealed = seal.seal(cursor);
        match(sealed, /^[A-Za-z0-9_-]+$/, 'fits a URL');
        equal(seal.open(sealed), cursor);
      }),
    );
    t.not(seal.seal('a'), seal.seal('a'), 'the same twice is not to be recognised');
    const text = 'João da Silva, 123.456.789-00';
    t.notOk(Buffer.from(seal.seal(text), 'base64url').includes('Silva'));
  });

  await t.test('an altered cursor is refused', async (t) => {
    const seal = sealIn(t, temporaryFolder(t));
    const bytes = Buffer.from(seal.seal('cursor'), 'base64url');
    for (let at = 0; at < bytes.length; at++) {
      const altered = Buffer.from(bytes);
      altered[at] = (altered[at] ?? 0) ^ 1;
      t.throws(() => seal.open(altered.toString('base64url')), invalid, `byte ${at}`);
      t.throws(() => seal.open(bytes.subarray(0, at).toString('base64url')), invalid, `cut at ${at}`);
    }
    t.throws(
      () => seal.open(Buffer.concat([bytes, Buffer.from('x')]).toString('base64url')),
      invalid,
      'longer',
    );
    for (const cursor of ['', 'a', 'ab', 'abc']) {
      for (const added of ['x', '=', '!', '\n']) {
        t.throws(
          () => seal.open(seal.seal(cursor) + added),
          invalid,
          'what decodes to the same bytes is altered too',
        );
      }
    }
    for (const text of ['', 'x', '!', 'A'.repeat(10_000), Buffer.from('["1"]').toString('base64url')]) {
      t.throws(() => seal.open(text), invalid, text.slice(0, 20));
    }
  });

  await t.test("another agent's cursor is refused, this one's is known after a restart", async (t) => {
    const folder = join(temporaryFolder(t), 'agent');
    const sealed = sealIn(t, folder).seal('cursor');
    t.equal(sealIn(t, folder).open(sealed), 'cursor');
    t.throws(() => sealIn(t, temporaryFolder(t)).open(sealed), invalid);
  });
}
