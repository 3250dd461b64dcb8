import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { rules } from '../../../central/treat/rules/all.ts';
import { dictionaryPage } from '../../../scripts/docs/dictionary.ts';
import { generatedDocs } from '../../../scripts/docs/generate.ts';
import { rulesPage } from '../../../scripts/docs/rules-page.ts';
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
    const rule = { code: 'P99', needs: ['custodiado.nome', 'pena.cpf'], needsOne: ['custodiado.nome_mae'] };
    // A code has a rule for each of several views.
    const lines = dictionaryPage([custodiado], [rule, rule]).split('\n');
    const lineOf = (start: string) => lines.find((line) => line.startsWith(`| ${start} `)) ?? '';
    t.match(
      lineOf('`nome`'),
      /\| esperada \| `JOSÉ DA SILVA SANTOS` \| Lei 12.714\/2012, .* \| \[P99\]\(regras.md#p99\) \|$/,
    );
    t.match(lineOf('`nome_mae`'), '[P99]', 'one of those of which it needs one');
    t.match(lineOf('`id`'), '**obrigatória**');
    t.notMatch(lineOf('`cpf`'), 'P99', 'a column of another view');
    t.match(lineOf('`feminino`'), '| Feminino | F · FEM');
    t.end();
  });

  await t.test('what a rule says stands once, where the dictionary leads to', (t) => {
    const rule = {
      ...({ code: 'P99', severity: 'grave', basis: 'LEP' } as const),
      ...{ wrong: 'Falta o nome.', todo: 'Preencha | corrija.', needs: ['custodiado.nome'] },
    };
    const views = ['custodiado', 'visitante'] as const;
    const lines = rulesPage(views.map((view) => ({ ...rule, view }))).split('\n');
    t.strictSame(
      lines.filter((line) => line.includes('P99')),
      [
        '| <a id="p99"></a>`P99` | grave | `custodiado`, `visitante` | Falta o nome. | Preencha \\| corrija. | LEP ' +
          '| as colunas de cada visão |',
      ],
    );
    const dictionary = readFileSync(join(root, 'docs/dicionario.md'), 'utf8');
    t.strictSame(
      rules.filter(({ wrong }) => dictionary.includes(wrong)).map(({ code }) => code),
      [],
    );
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
      ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'],
      ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.md'))
        .map((name) => `docs/${name}`),
    ];
    for (const name of documents) {
      const text = readFileSync(join(root, name), 'utf8');
      const missing = [...text.matchAll(/\]\(([^)#:]*)(?:#([^)]+))?\)/g)].filter(([, file = '', place]) => {
        const target = file === '' ? join(root, name) : join(root, name, '..', file);
        return !existsSync(target) || (place !== undefined && !placesIn(target).has(place));
      });
      t.strictSame(
        missing.map(([link]) => link),
        [],
        name,
      );
    }
    t.end();
  });
}

/** What a link can lead to within a document: its headings, as GitHub names them, and what it names itself. */
function placesIn(file: string): ReadonlySet<string> {
  const text = readFileSync(file, 'utf8');
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
  const named = [...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id);
  return new Set([...headings, ...named]);
}
