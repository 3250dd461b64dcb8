import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { dictionaryPage } from '../../../scripts/docs/dictionary.ts';
import { generatedDocs } from '../../../scripts/docs/generate.ts';
import { custodiado } from '../../../shared/dictionary/standard-views.ts';
import { softwareVersion } from '../../../shared/version.ts';

const root = join(import.meta.dirname, '..', '..', '..');

export async function documents(t: Test): Promise<void> {
  await t.test('the generated documents are those that "npm run docs" makes', async (t) => {
    for (const [name, text] of Object.entries(await generatedDocs())) {
      t.equal(readFileSync(join(root, name), 'utf8'), text, name);
    }
  });

  await t.test('the dictionary tells of each column which rules look at it', (t) => {
    const rule = {
      code: 'P99',
      severity: 'grave',
      wrong: 'Falta o nome.',
      todo: 'Preencha | corrija.',
    } as const;
    const needs = ['custodiado.nome', 'pena.cpf'];
    // A code has a rule for each of several views.
    const twice = [needs, needs].map((needs) => ({ ...rule, needs }));
    const lines = dictionaryPage([custodiado], twice).split('\n');
    const lineOf = (start: string) => lines.find((line) => line.startsWith(`| ${start} `)) ?? '';
    t.match(
      lineOf('`nome`'),
      /\| esperada \| `JOSÉ DA SILVA SANTOS` \| Lei 12.714\/2012, .* \| \[P99\]\(#regras\) \|$/,
    );
    t.match(lineOf('`id`'), '**obrigatória**');
    t.notMatch(lineOf('`cpf`'), 'P99', 'a column of another view');
    t.equal(lineOf('P99'), '| P99 | grave | Falta o nome. | Preencha \\| corrija. |  |');
    t.equal(lines.filter((line) => line.startsWith('| P99')).length, 1, 'once, of however many views');
    t.match(lineOf('`feminino`'), '| Feminino | F · FEM');
    t.end();
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
      'docs/dicionario.md',
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
