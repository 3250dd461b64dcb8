import { floorsOf, nearestUses, type Room, roomsIn } from './rooms.ts';
import type { Source } from './sources.ts';

/** Folders that are drawn, and what each is, in a line. */
const panels: readonly (readonly [folder: string, says: string])[] = [
  ['.', 'two programs on what both must agree on'],
  ['central', 'asks the states, loads the national base'],
  ['central/base', 'the national base, by layer'],
  ['agent', 'answers from inside the state'],
  ['shared', 'what both sides must agree on'],
  ['shared/sources', 'the view source, and an engine a folder'],
];

const width = 1000;
const margin = 24;
const boxHeight = 34;
const rowGap = 34;
const boxGap = 14;

interface Box {
  readonly room: Room;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/**
 * The rooms of the house as an SVG: each folder and file stands above all from which it imports. An arrow is left out
 * where a longer way leads there as well.
 */
export function picture(sources: readonly Source[]): string {
  let y = margin;
  const drawn = panels.map(([folder, says]) => {
    const panel = drawPanel(folder, says, sources, y);
    y = panel.bottom + margin;
    return panel.svg;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y}" font-family="sans-serif" font-size="12">`,
    '<title>The rooms of the house: each stands above all from which it imports</title>',
    `<rect width="${width}" height="${y}" fill="#ffffff"/>`,
    ...drawn,
    '</svg>',
    '',
  ].join('\n');
}

function drawPanel(folder: string, says: string, sources: readonly Source[], top: number) {
  const rooms = roomsIn(folder, sources);
  const label = (room: Room) => room.name.slice(folder === '.' ? 0 : folder.length + 1);
  const boxes = new Map<string, Box>();
  let y = top + 40;
  for (const floor of floorsOf(rooms).toReversed()) {
    for (const row of rowsOf(floor, label)) {
      const sum = row.reduce((all, room) => all + widthOf(label(room)) + boxGap, -boxGap);
      let x = (width - sum) / 2;
      for (const room of row) {
        boxes.set(room.name, { room, x, y, width: widthOf(label(room)) });
        x += widthOf(label(room)) + boxGap;
      }
      y += boxHeight + rowGap;
    }
  }
  const arrows = [...nearestUses(rooms)].flatMap(([from, uses]) =>
    uses.map((to) => drawArrow(boxes.get(from), boxes.get(to))),
  );
  const bottom = y - rowGap + margin / 2;
  const heading = folder === '.' ? 'the house' : `${folder}/`;
  const svg = [
    `<rect x="8" y="${top}" width="${width - 16}" height="${bottom - top}" rx="6" fill="#f6f8fa" stroke="#d0d7de"/>`,
    `<text x="20" y="${top + 22}" font-weight="bold" font-size="14" fill="#1f2328">${heading}</text>`,
    `<text x="${width - 20}" y="${top + 22}" text-anchor="end" fill="#57606a">${says}</text>`,
    ...arrows,
    ...[...boxes.values()].map((box) => drawBox(box, label(box.room))),
  ].join('\n');
  return { svg, bottom };
}

/** A floor in rows that fit the picture. */
function rowsOf(floor: readonly Room[], label: (room: Room) => string): Room[][] {
  const rows: Room[][] = [[]];
  let used = 0;
  for (const room of floor) {
    const needed = widthOf(label(room)) + boxGap;
    if (used + needed > width - 2 * margin) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1)?.push(room);
    used += needed;
  }
  return rows;
}

function widthOf(label: string): number {
  return Math.max(72, label.length * 7 + 18);
}

/** Nothing that a change of a few lines would alter: the picture is drawn anew only where the house is another one. */
function drawBox({ room, x, y, width }: Box, label: string): string {
  const isFolder = room.name.endsWith('/');
  const middle = x + width / 2;
  const name = `<text x="${middle}" y="${y + (isFolder ? 15 : 21)}" text-anchor="middle" fill="#1f2328">${label}</text>`;
  const size = `<text x="${middle}" y="${y + 28}" text-anchor="middle" font-size="9" fill="#57606a">${room.files} files</text>`;
  return [
    `<rect x="${x}" y="${y}" width="${width}" height="${boxHeight}" rx="4"`,
    ` fill="${isFolder ? '#dbeafe' : '#ffffff'}" stroke="${isFolder ? '#3b82f6' : '#8c959f'}"/>`,
    isFolder ? name + size : name,
  ].join('');
}

function drawArrow(from: Box | undefined, to: Box | undefined): string {
  if (from === undefined || to === undefined) return '';
  const [x1, y1] = [from.x + from.width / 2, from.y + boxHeight];
  const [x2, y2] = [to.x + to.width / 2, to.y];
  const bend = Math.max(16, (y2 - y1) / 2);
  return `<path d="M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}" fill="none" stroke="#8c959f" stroke-opacity="0.6"/>`;
}
