import type { Command } from 'commander';
import type { Test } from 'tap';
import { createAgentProgram } from '../../../agent/cli.ts';
import { createCentralProgram } from '../../../central/cli.ts';
import { readSources } from '../../../scripts/docs/sources.ts';
import { problemOf, problems } from '../../../shared/problems/catalogue.ts';
import { englishIn, named } from '../../support/english.ts';

/**
 * Of each error that is thrown with words of its own, those that are literal, without what is put into them.
 * Not by types: a text that is made elsewhere is not seen.
 */
function detailsIn(text: string): string[] {
  const thrown = /new GuaritaError\(\s*'[a-z-]+',\s*(?:(['`])((?:\\.|(?!\1).)*?)\1)/gsu;
  return [...text.matchAll(thrown)].map(([, , detail = '']) => detail.replaceAll(/\$\{[^{}]*\}/g, ''));
}

/** Literal texts of more than a word in code, but for what is logged, asked of a database, or meant for programmers. */
function textsIn(text: string): string[] {
  const code = text
    .replaceAll(/\/\*.*?\*\//gsu, '')
    .replaceAll(/(?<=^|\s)\/\/.*$/gmu, '')
    .replaceAll(/\blog\.\w+\([^;]*;|new (?:Error|TypeError)\([^;]*;/gsu, '')
    .replaceAll(/\$\{[^{}]*\}/g, '');
  return [...code.matchAll(/(?<![\p{L}\d])(['`])((?:\\.|(?!\1).)*?)\1(?!:)/gsu)]
    .map(([, , each = '']) => each)
    .filter(
      (each) =>
        /\S \S/.test(each) &&
        !/\b(?:SELECT|FROM|WHERE|UPDATE|INSERT|DELETE|GRANT|ORDER|timestamp)\b|[{}]|=>/.test(each),
    );
}

/** What people read of the programs is in Portuguese. */
export async function language(t: Test): Promise<void> {
  await t.test('each problem of the catalogue', (t) => {
    for (const code of Object.keys(problems) as (keyof typeof problems)[]) {
      const { title, hint, hintHere = '' } = problemOf(code).pt;
      const found = [title, hint, hintHere].flatMap(englishIn);
      if (found.length > 0) t.strictSame([code, ...found], [code]);
    }
    t.match(englishIn('It is not the file.'), ['It', 'is', 'not', 'the', 'file'], 'it would find some');
    t.end();
  });

  await t.test('what an error says besides', (t) => {
    const found = readSources('shared', 'agent', 'central').flatMap(({ name, text }) =>
      detailsIn(text)
        .filter((detail) => englishIn(detail).length > 0)
        .map((detail) => `${name}: ${detail}`),
    );
    t.strictSame(found, []);
    t.strictSame(detailsIn("throw new GuaritaError('internal', `It is ${no} one.`)"), ['It is  one.']);
    t.end();
  });

  await t.test('what is printed', (t) => {
    const folders = /^(?:(?:agent|central)\/(?:commands|doctor)|central\/(?:status|words)|shared\/doctor)\//;
    const found = readSources('shared', 'agent', 'central')
      .filter(({ name }) => folders.test(name))
      .flatMap(({ name, text }) =>
        textsIn(text)
          .filter((each) => englishIn(each).some((word) => !named.has(word)))
          .map((each) => `${name}: ${each}`),
      );
    t.strictSame(found, []);
    t.strictSame(textsIn("// it's\nprint(`It is ${no} one.`);"), ['It is  one.']);
    t.end();
  });

  await t.test('what each command says of itself', (t) => {
    const found: string[] = [];
    const context = { environment: {}, print: () => undefined, stop: new AbortController().signal };
    for (const create of [createAgentProgram, createCentralProgram]) {
      eachCommand(create({ ...context, isTerminal: false }), (path, help) => {
        const words = englishIn(help).filter((word) => !named.has(word));
        if (words.length > 0) found.push(`${path}: ${words.join(', ')}`);
      });
    }
    t.strictSame(found, []);
    t.end();
  });
}

function eachCommand(command: Command, look: (path: string, help: string) => void, above = ''): void {
  const path = `${above} ${command.name()}`.trim();
  let help = '';
  command.configureOutput({ writeOut: (text) => void (help += text) });
  command.outputHelp();
  look(path, help);
  for (const each of command.commands) eachCommand(each, look, path);
}
