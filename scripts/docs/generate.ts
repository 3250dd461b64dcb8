import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TObject } from 'typebox';
import { buildApp } from '../../agent/app.ts';
import { agentConfigSchema, agentEnvironmentPrefix } from '../../agent/config/config.ts';
import { openHome } from '../../agent/home.ts';
import { centralConfigSchema, centralEnvironmentPrefix } from '../../central/config.ts';
import { rules } from '../../central/treat/rules/all.ts';
import { standardViews } from '../../shared/dictionary/standard-views.ts';
import { createLogger } from '../../shared/log.ts';
import { scalarOptions } from '../../shared/options/declared.ts';
import { sampleYaml } from '../../shared/options/sample.ts';
import { type ProblemCode, problemOf, problems } from '../../shared/problems/catalogue.ts';
import { dictionaryPage } from './dictionary.ts';
import { helpArticles } from './help.ts';
import { iconPaths } from './icons.ts';
import { brazilPaths } from './outlines.ts';
import { picture } from './picture.ts';
import { rulesPage } from './rules-page.ts';
import { readSources, root } from './sources.ts';
import { tableRow } from './table-row.ts';

/** The documents that are made from the code, by their path. */
export async function generatedDocs(): Promise<Record<string, string>> {
  const help = join(root, 'central/console/help');
  return {
    'docs/generated/openapi.json': `${JSON.stringify(await openapi(), null, 2)}\n`,
    'docs/generated/agent.schema.json': `${JSON.stringify(agentConfigSchema, null, 2)}\n`,
    'docs/generated/central.schema.json': `${JSON.stringify(centralConfigSchema, null, 2)}\n`,
    'docs/generated/agent.sample.yaml': sampleYaml(agentConfigSchema, 'Configuração do guarita-agent'),
    'docs/generated/central.sample.yaml': sampleYaml(centralConfigSchema, 'Configuração do guarita-central'),
    'docs/generated/options.md': optionsPage(),
    'docs/generated/rooms.svg': picture(readSources('agent', 'central', 'shared')),
    'central/console/html/icon-paths.ts': iconPaths(),
    'central/console/html/svg/brazil-paths.ts': brazilPaths(),
    'central/console/help/articles.json': helpArticles(join(help, 'articles'), join(help, 'pictures')),
    'docs/dicionario.md': dictionaryPage(standardViews, rules),
    'docs/problems.md': problemsPage(),
    'docs/regras.md': rulesPage(rules),
  };
}

async function openapi(): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'guarita-docs-'));
  const home = await openHome({ id: 'AL', state: folder });
  const unread = () => Promise.reject(new Error('only the routes are looked at'));
  const reads = { describe: unread, page: unread, digests: unread, list: unread, lookup: unread };
  const source = { ...reads, close: () => Promise.resolve() };
  const app = await buildApp({
    ...{ id: 'AL', uf: 'AL', source, home },
    log: createLogger('silent', 'docs'),
  });
  try {
    return app.swagger();
  } finally {
    await app.close();
    home.close();
    rmSync(folder, { recursive: true });
  }
}

function optionsPage(): string {
  return [
    '# Options that the environment can set',
    '',
    'Made by `npm run docs`. They go before the file; lists and the `source` are set in the file only.',
    ...optionsTable('guarita-agent', agentConfigSchema, agentEnvironmentPrefix),
    ...optionsTable('guarita-central', centralConfigSchema, centralEnvironmentPrefix),
    '',
  ].join('\n');
}

function optionsTable(name: string, schema: TObject, prefix: string): string[] {
  const rows = scalarOptions(schema, prefix).map((option) =>
    tableRow(
      ...[`\`${option.path}\``, `\`${option.variable}\``],
      ...[String(option.default ?? ''), option.description],
    ),
  );
  return ['', `## ${name}`, '', '| option | variable | default | what for |', '|---|---|---|---|', ...rows];
}

function problemsPage(): string {
  const rows = (Object.keys(problems) as ProblemCode[]).map((code) => {
    const { status, retry, title, hint, pt } = problemOf(code);
    return tableRow(`\`${code}\``, String(status), retry, `${title} ${hint}`, `${pt.title} ${pt.hint}`);
  });
  return [
    '# Problems',
    '',
    'Made by `npm run docs` from `shared/problems/`. The agent answers with these as problem documents',
    '(RFC 9457) of type `urn:guarita:problem:CODE`; both programs print them with their code in brackets.',
    '`retry` is what central does: `later` the same request again after a wait, `restart` read the view from its',
    'start, `no` wait for a person.',
    '',
    '| code | status | retry | what happened, what to do next | em português |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
