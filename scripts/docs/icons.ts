import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './sources.ts';

export const iconFolder = 'node_modules/@fortawesome/fontawesome-free/svgs/solid';

/** The icons that pages have, as Font Awesome calls them. */
const names = [
  ...['arrow-left', 'arrow-right', 'bell', 'briefcase', 'building-columns', 'chevron-left', 'chevron-right'],
  ...['circle-check', 'circle-exclamation', 'circle-info', 'circle-question', 'clock-rotate-left'],
  ...['download', 'eye', 'file-lines', 'house', 'key', 'lock', 'magnifying-glass', 'mobile-screen', 'pen'],
  ...['plus', 'print', 'right-from-bracket', 'scale-balanced', 'shield-halved', 'trash'],
  ...['triangle-exclamation', 'user', 'users', 'xmark'],
];

/** `central/console/html/icon-paths.ts`, of the package as it is installed. */
export function iconPaths(): string {
  const { version } = JSON.parse(readFileSync(join(root, iconFolder, '../../package.json'), 'utf8')) as {
    version: string;
  };
  const lines = names.map((name) => {
    const svg = readFileSync(join(root, iconFolder, `${name}.svg`), 'utf8');
    const [, width, height, path] = /viewBox="0 0 (\d+) (\d+)".*<path fill="currentColor" d="([^"]+)"/s.exec(
      svg,
    ) as unknown as readonly string[];
    const key = name.includes('-') ? `'${name}'` : name;
    return `  ${key}: {\n    box: '0 0 ${width} ${height}',\n    path: '${path}',\n  },`;
  });
  return [
    `// Font Awesome Free ${version} by @fontawesome, https://fontawesome.com, licence of the icons: CC BY 4.0. Made by`,
    '// `npm run docs` (scripts/docs/icons.ts), unchanged but for what is around each path.',
    'export const iconPaths = {',
    ...lines,
    '} as const;',
    '',
  ].join('\n');
}
