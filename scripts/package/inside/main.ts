import { Script } from 'node:vm';
import { packagedFile } from '../../../shared/packaged-file.ts';
import { loadAddon } from './addon.ts';

/**
 * The first code of a packaged program: loads its chunks out of the program itself. They are CommonJS, and what they
 * require is another chunk, an addon, or a module of Node's own. (Node's loaders read from the disk only.)
 */
type Load = (id: string) => unknown;
type Run = (exports: object, require: Load, module: { exports: unknown }, file: string, folder: string) => void;

const loaded = new Map<string, { exports: unknown }>();

function load(id: string): unknown {
  if (!id.startsWith('./')) return builtin(id);
  const known = loaded.get(id);
  if (known !== undefined) return known.exports;
  const exports = {};
  const module: { exports: unknown } = { exports };
  loaded.set(id, module);
  const name = id.slice(2);
  if (name.endsWith('.node')) module.exports = loadAddon(name);
  else compile(name)(exports, load, module, name, '.');
  return module.exports;
}

/** The code is ASCII, so that V8 keeps it in one byte a character. */
function compile(name: string): Run {
  const text = packagedFile(name).latin1Slice();
  const wrapped = `(function (exports, require, module, __filename, __dirname) {${text}\n})`;
  return new Script(wrapped, { filename: name }).runInThisContext() as Run;
}

/** What is not there is missed as Node would miss it: packages try for others that they could use. */
function builtin(id: string): unknown {
  const found: unknown = process.getBuiltinModule(id);
  if (found !== undefined) return found;
  throw Object.assign(new Error(`Cannot find module '${id}'`), { code: 'MODULE_NOT_FOUND' });
}

load('./main.js');
