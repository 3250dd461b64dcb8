import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { generatedDocs } from '../../../scripts/docs/generate.ts';
import { softwareVersion } from '../../../shared/version.ts';

const root = join(import.meta.dirname, '..', '..', '..');

export async function documents(t: Test): Promise<void> {
  await t.test('the generated documents are those that "npm run docs" makes', async (t) => {
    for (const [name, text] of Object.entries(await generatedDocs())) {
      t.equal(readFileSync(join(root, name), 'utf8'), text, name);
    }
  });

  await t.test('package.json and the programs have one version', (t) => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    t.equal(softwareVersion, version);
    t.end();
  });

  await t.test('each rule of the protocol is cited by the name of a test', (t) => {
    const rules = [
      ...readFileSync(join(root, 'docs/protocol.md'), 'utf8').matchAll(/^- \*\*([A-Z]\d+)\*\*/gm),
    ];
    t.ok(rules.length > 20);
    const tests = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(join(root, 'test', name), 'utf8'));
    const titles = tests.flatMap((text) =>
      [...text.matchAll(/\.test\(\s*(['"`])(.+?)\1/g)].map(([, , title]) => title ?? ''),
    );
    const cited = new Set(titles.flatMap((title) => title.match(/\b[A-Z]\d+\b/g) ?? []));
    t.same(
      rules.map(([, rule]) => rule).filter((rule) => !cited.has(rule ?? '')),
      [],
    );
    t.end();
  });

  await t.test('links between the documents lead somewhere', (t) => {
    const documents = [
      'README.md',
      'CONTRIBUTING.md',
      'SECURITY.md',
      'docs/architecture.md',
      'docs/protocol.md',
    ];
    for (const name of documents) {
      for (const [, link = ''] of readFileSync(join(root, name), 'utf8').matchAll(/\]\(([^)#:]+)\)/g)) {
        t.ok(existsSync(join(root, name, '..', link)), `${name}: ${link}`);
      }
    }
    t.end();
  });
}
