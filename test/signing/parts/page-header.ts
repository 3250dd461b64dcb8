import { match, deepStrictEqual as same } from 'node:assert';
import * as fc from 'fast-check';
import type { Test } from 'tap';
import {
  parseAnswerInfo,
  parseDigests,
  parsePageInfo,
  serializeAnswerInfo,
  serializePageInfo,
} from '../../../shared/protocol/page-header.ts';

const invalid = { code: 'page-invalid' };
const base64url = fc.stringMatching(/^[A-Za-z0-9_-]{1,200}$/);

const pages = fc.record(
  {
    rows: fc.integer({ min: 0, max: 1_000_000 }),
    next: base64url,
    until: fc.option(fc.string({ unit: 'grapheme' })),
    complete: fc.boolean(),
    fingerprint: base64url,
    epoch: base64url,
  },
  { noNullPrototype: true },
);

/** What a page says of itself in its header, which is signed. */
export async function pageHeader(t: Test): Promise<void> {
  await t.test('P3 any page info comes back as it was', async () => {
    fc.assert(
      fc.property(pages, (page) => {
        const header = serializePageInfo(page);
        match(header, /^[\u0020-\u007e]*$/, 'fits a header');
        same(parsePageInfo(header), page);
      }),
      { numRuns: 300 },
    );
  });

  await t.test('P10 the digests of the rows come back beside it, and must be as many bytes', async (t) => {
    const digests = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes));
    fc.assert(
      fc.property(pages, digests, (page, digests) => {
        const header = serializePageInfo(page, digests);
        t.match(header, /^[\u0020-\u007e]*$/, 'fits a header');
        t.same(parsePageInfo(header), page);
        t.ok(parseDigests(header).equals(digests));
        const { rows, fingerprint, epoch } = page;
        t.ok(parseDigests(serializeAnswerInfo({ rows, fingerprint, epoch }, digests)).equals(digests));
      }),
    );
    const sum = Buffer.alloc(32).toString('base64');
    for (const wrong of [
      ...['rows=1', 'digests', 'digests=1', `digests="${sum}"`, 'digests=::', `digests=(:${sum}:)`],
      ...[`digests=:${Buffer.alloc(31).toString('base64')}:`, `digests=:${sum}`],
    ]) {
      t.throws(() => parseDigests(wrong), invalid, wrong);
    }
    t.throws(() => parseDigests(undefined), invalid);
  });

  await t.test('members that a later version adds are passed over', async (t) => {
    const page = { rows: 1, next: 'a', until: null, complete: true, fingerprint: 'f', epoch: 'e' };
    t.same(parsePageInfo(`${serializePageInfo(page)}, later=1, other="x";y=2`), page);
  });

  await t.test('what is no page info is refused', async (t) => {
    const whole = 'rows=1, next="a", complete, fingerprint="f", epoch="e"';
    t.ok(parsePageInfo(whole));
    const members = whole.split(', ');
    for (const member of members) {
      const lacking = members.filter((other) => other !== member).join(', ');
      t.throws(() => parsePageInfo(lacking), invalid, `without ${member}`);
    }
    const wrong = [
      undefined,
      '',
      '=',
      whole.replace('rows=1', 'rows=-1'),
      whole.replace('rows=1', 'rows=1.5'),
      whole.replace('rows=1', 'rows="1"'),
      whole.replace('rows=1', 'rows=(1 2)'),
      whole.replace('next="a"', 'next=""'),
      whole.replace('next="a"', 'next=a'),
      whole.replace('complete', 'complete=1'),
      whole.replace('fingerprint="f"', 'fingerprint=1'),
      `${whole}, until="plain"`,
      `${whole}, until=%"%ff"`,
    ];
    for (const header of wrong) t.throws(() => parsePageInfo(header), invalid, header ?? 'none');
  });

  await t.test('D4 what an answer says of itself comes back; nothing is cut unless it says so', async (t) => {
    const answer = { rows: 2, fingerprint: 'f', epoch: 'e' };
    for (const info of [answer, { ...answer, answered: 3 }, { ...answer, answered: 1, cut: 1000 }]) {
      t.same(parseAnswerInfo(serializeAnswerInfo(info)), info);
    }
    t.notMatch(serializeAnswerInfo({ ...answer, answered: 3, cut: 0 }), /cut/);
    for (const wrong of ['cut=-1', 'cut=1.5', 'cut="1"', 'cut', 'answered=-1']) {
      t.throws(() => parseAnswerInfo(`${serializeAnswerInfo(answer)}, ${wrong}`), invalid, wrong);
    }
  });
}
