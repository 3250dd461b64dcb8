import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './sources.ts';

/** The package that has the outlines, from the root. */
export const outlinesFile = 'node_modules/@svg-maps/brazil/index.js';

interface Package {
  readonly version: string;
}
interface BrazilMap {
  readonly viewBox: string;
  readonly locations: readonly { readonly id: string; readonly path: string }[];
}

/** `central/console/html/svg/brazil-paths.ts`, of the package as it is installed. */
export function brazilPaths(): string {
  const { version } = read<Package>(join(outlinesFile, '../package.json'), '');
  const { viewBox, locations } = read<BrazilMap>(outlinesFile, 'export default ');
  const lines = locations
    .map(({ id, path }) => `  ${id.toUpperCase()}: '${rounded(path)}',`)
    .toSorted((one, other) => (one < other ? -1 : 1));
  return [
    `// @svg-maps/brazil ${version} by Victor Cazanave, https://github.com/VictorCazanave/svg-maps, licence CC BY 4.0. Made by`,
    '// `npm run docs` (scripts/docs/outlines.ts), changed: rounded to whole numbers, without the smallest islets.',
    `export const brazilBox = '${viewBox}';`,
    '',
    'export const brazilPaths = {',
    ...lines,
    '} as const;',
    '',
  ].join('\n');
}

function read<T>(file: string, before: string): T {
  const text = readFileSync(join(root, file), 'utf8');
  return JSON.parse(text.slice(text.indexOf(before) + before.length).replace(/;?\s*$/, '')) as T;
}

type Point = readonly [x: number, y: number];

/**
 * A path of straight lines in whole numbers: a third of its bytes. Each point is rounded where it lies, so that
 * neighbours go on touching; what comes to less than three points nobody would see.
 * Throws for a path that is made of anything else.
 */
export function rounded(path: string): string {
  const shapes: Point[][] = [];
  let [x, y] = [0, 0];
  let start: Point = [0, 0];
  for (const [, command, numbers = ''] of path.matchAll(/([a-df-z])([^a-df-z]*)/gi)) {
    if (command === 'z') {
      [x, y] = start;
      continue;
    }
    if (command !== 'm') throw new Error(`"${command}" is no command of these paths.`);
    const steps = numbers.match(/-?\d*\.?\d+(?:e-?\d+)?/gi)?.map(Number) ?? [];
    for (let index = 0; index + 1 < steps.length; index += 2) {
      [x, y] = [x + (steps[index] ?? 0), y + (steps[index + 1] ?? 0)];
      if (index === 0) {
        start = [x, y];
        shapes.push([]);
      }
      const [shape, point]: [Point[] | undefined, Point] = [shapes.at(-1), [Math.round(x), Math.round(y)]];
      const last = shape?.at(-1);
      if (last?.[0] !== point[0] || last[1] !== point[1]) shape?.push(point);
    }
  }
  return shapes
    .filter((shape) => shape.length > 2)
    .map(written)
    .join('');
}

/** As short as a path can be written. */
function written(shape: readonly Point[]): string {
  const steps = shape.map(([x, y], index) => {
    const [left, top] = shape[index - 1] ?? [0, 0];
    return `${x - left} ${y - top}`;
  });
  const [first = '', ...others] = steps;
  return `M${first}l${others.join(' ')}z`.replaceAll(' -', '-');
}
