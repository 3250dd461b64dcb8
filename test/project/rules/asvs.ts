import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';

const root = join(import.meta.dirname, '..', '..', '..');

/** Those that the console was asked for at first; SECURITY.md may name more. */
const asked = [
  ...[
    '3.3.3',
    '3.4.3',
    '3.5.1',
    '6.3.3',
    '6.3.6',
    '6.3.8',
    '6.4.1',
    '6.5.1',
    '6.8.1',
    '6.8.4',
    '7.3.1',
    '7.3.2',
  ],
  ...[
    '7.4.2',
    '7.4.5',
    '7.5.2',
    '7.5.3',
    '8.2.2',
    '8.2.3',
    '8.3.2',
    '8.4.1',
    '14.3.2',
    '16.3.2',
    '16.4.2',
    '16.4.3',
  ],
];

/** Items of OWASP ASVS that a text names, also as `6.8.1 to 6.8.4`. */
function itemsIn(text: string): string[] {
  return [...text.matchAll(/\b(\d+\.\d+)\.(\d+)(?: to \1\.(\d+))?\b/g)].flatMap(
    ([, chapter, first, last]) => {
      const [from, to] = [Number(first), Number(last ?? first)];
      return Array.from({ length: to - from + 1 }, (_, at) => `${chapter}.${from + at}`);
    },
  );
}

/** An item of ASVS is claimed where a test shows it, and each test that shows one is claimed. */
export async function securityItems(t: Test): Promise<void> {
  const security = readFileSync(join(root, 'SECURITY.md'), 'utf8');
  const console = /^## The console$(.*?)^## /ms.exec(security)?.[1] ?? '';
  const claimed = new Set(itemsIn(console));
  const titles = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(root, 'test', name), 'utf8'))
    .flatMap((text) => [...text.matchAll(/\.test\(\s*(['"`])(.+?)\1/g)].map(([, , title]) => title ?? ''));
  const shown = new Set(titles.flatMap((title) => itemsIn(/\(ASVS ([^)]*)\)/.exec(title)?.[1] ?? '')));
  const without = (all: Iterable<string>, known: ReadonlySet<string>) =>
    [...new Set(all)].filter((item) => !known.has(item)).toSorted();
  t.same(without(asked, claimed), [], 'asked for, and not in SECURITY.md');
  t.same(without(claimed, shown), [], 'in SECURITY.md, and in the title of no test');
  t.same(without(shown, claimed), [], 'in the title of a test, and not in SECURITY.md');
  t.end();
}
