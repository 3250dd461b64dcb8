import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { Test } from 'tap';
import { createAgentProgram } from '../../../agent/cli.ts';
import { createCentralProgram } from '../../../central/cli.ts';
import { problems } from '../../../shared/problems/catalogue.ts';

// What the documents tell people to type is what the programs take.

const root = join(import.meta.dirname, '..', '..', '..');
const context = { environment: {}, print: () => undefined, stop: new AbortController().signal };
const programs = { agent: createAgentProgram(context), central: createCentralProgram(context) };
const guides = [
  'docs/guia-do-estado.md',
  'docs/operacao-central.md',
  'docs/console.md',
  'docs/formas-de-transferencia.md',
  'docs/quem-e-quem.md',
  'docs/vincular-arquivos.md',
];
const documents = [
  'README.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

function textOf(name: string): string {
  return readFileSync(join(root, name), 'utf8');
}

/** Command lines: in code, in quotes, or after a prompt. */
function linesOf(text: string): string[] {
  const program = String.raw`guarita-(?:agent|central)(?:-\w+-x64)?(?:\.exe)? `;
  return [
    ...text.matchAll(new RegExp(String.raw`(?<=\`[^\`\n]*?)${program}[^\`\n]+(?=\`)`, 'g')),
    ...text.matchAll(new RegExp(String.raw`(?<="[^"\`\n]*?)${program}[^"\`\n]+(?=")`, 'g')),
    ...text.matchAll(new RegExp(String.raw`(?<=^(?:\$|PS>) (?:sudo )?\S*)${program}[^>|\n]+`, 'gm')),
  ].map(([line]) => line.replace(/\s#\s.*/, ''));
}

/** The command that a line names, and what of it the program does not know. */
function resolve(line: string): { path: string; faults: string[] } {
  const [, name = '', rest = ''] = /guarita-(agent|central)\S*(.*)/.exec(line) ?? [];
  const faults: string[] = [];
  const path = [name];
  const chain: Command[] = [name === 'agent' ? programs.agent : programs.central];
  const words = rest.match(/"[^"]*"|[^\s"]+/g) ?? [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    const command = chain.at(-1);
    if (command === undefined) break;
    if (word.startsWith('-')) {
      const option = chain
        .flatMap(({ options }) => options)
        .find(({ long, short }) => word === long || word === short);
      if (option === undefined && !['--help', '--version'].includes(word)) faults.push(word);
      if (option?.required === true) i++;
      continue;
    }
    const child = command.commands.find((each) => each.name() === word);
    if (child !== undefined) {
      chain.push(child);
      path.push(word);
    } else if (command.registeredArguments.length === 0 && word !== '…') {
      faults.push(word);
    }
  }
  return { path: path.join(' '), faults };
}

/** Those that people are told of, without those that only hold others. */
function leavesOf(command: Command, path: string): string[] {
  const children = command
    .createHelp()
    .visibleCommands(command)
    .filter((child) => child.name() !== 'help');
  if (children.length === 0) return [path];
  return children.flatMap((child) => leavesOf(child, `${path} ${child.name()}`));
}

export async function guidesOfBoth(t: Test): Promise<void> {
  await t.test('each command line in the documents is one that the programs take', (t) => {
    for (const name of documents) {
      for (const line of linesOf(textOf(name))) t.same(resolve(line).faults, [], `${name}: ${line}`);
    }
    t.end();
  });

  await t.test('a command or an option that does not exist is noticed', (t) => {
    t.same(resolve('guarita-agent act stop').faults, ['stop']);
    t.same(resolve('sudo ./guarita-agent-linux-x64 doctor --wrong').faults, ['--wrong']);
    t.same(resolve('guarita-central -c x --base y source accept AL.resposta.json --again').faults, []);
    t.same(
      linesOf(
        '`guarita-agent um` and "guarita-central dois"\n\n$ sudo guarita-agent três > x\n$ guarita-agent quatro # cinco\n',
      ),
      ['guarita-agent um', 'guarita-central dois', 'guarita-agent três ', 'guarita-agent quatro'],
    );
    t.end();
  });

  await t.test('each command of both programs is in a guide', (t) => {
    const told = new Set(guides.flatMap((name) => linesOf(textOf(name)).map((line) => resolve(line).path)));
    const all = Object.entries(programs).flatMap(([name, program]) => leavesOf(program, name));
    t.ok(all.length > 40);
    t.same(
      all.filter((path) => !told.has(path)),
      [],
    );
    t.end();
  });

  await t.test('each code in brackets in the guides is one of the catalogue', (t) => {
    for (const name of [...guides, 'docs/windows.md']) {
      const codes = [...textOf(name).matchAll(/\[([a-z]+(?:-[a-z]+)+)\](?!\()/g)].map(
        ([, code = '']) => code,
      );
      t.ok(codes.length > 0, name);
      t.same(
        codes.filter((code) => !Object.hasOwn(problems, code)),
        [],
        name,
      );
    }
    t.end();
  });
}
