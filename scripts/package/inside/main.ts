import { dirname } from 'node:path';
import { getRawAsset } from 'node:sea';
import { pathToFileURL } from 'node:url';
import { compileFunction } from 'node:vm';
import { loadAddon } from './addon.ts';

/**
 * The first code of a packaged program: loads its chunks out of the program itself. They are CommonJS, and what they
 * require is another chunk, an addon, or a module of Node's own. (Node's loaders read from the disk only.)
 */
type Run = (...values: readonly unknown[]) => void;

/** Code that asks where it is, is where the program is. */
const file = process.execPath;
const folder = dirname(file);
const url = pathToFileURL(file).href;

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
  else compile(name)(exports, load, module, file, folder, url);
  module.exports = withNames(module.exports);
  return module.exports;
}

/** Of a CommonJS package that is imported late, esbuild gives `default` alone, where Node gives its names as well. */
function withNames(exports: unknown): unknown {
  const { default: only, ...others } = exports as Record<string, unknown>;
  if (typeof only !== 'object' || only === null || Object.keys(others).length > 0) return exports;
  return { __esModule: true, ...only, default: only };
}

/**
 * Code is ASCII, of which V8 keeps one byte a character, and not compressed: expanding it would leave 5 MB behind in an
 * agent that then idles.
 */
function compile(name: string): Run {
  const text = Buffer.from(getRawAsset(name)).toString('latin1');
  const parameters = ['exports', 'require', 'module', '__filename', '__dirname', '__url'];
  return compileFunction(text, parameters, { filename: name }) as Run;
}

/** What is not there is missed as Node would miss it: packages try for others that they could use. */
function builtin(id: string): unknown {
  const found: unknown = process.getBuiltinModule(id);
  if (found !== undefined) return found;
  throw Object.assign(new Error(`Cannot find module '${id}'`), { code: 'MODULE_NOT_FOUND' });
}

load('./main.js');
