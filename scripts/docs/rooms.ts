import type { Source } from './sources.ts';

/** What stands directly in a folder: a file, or a folder with all that is in it. */
export interface Room {
  /** Path from the root; a folder's ends with a slash. */
  readonly name: string;
  readonly files: number;
  /** Names of the rooms of the same folder from which it imports. */
  readonly uses: readonly string[];
}

/** The rooms of a folder (`.` is the root). Imports from outside the folder, or to there, do not count. */
export function roomsIn(folder: string, sources: readonly Pick<Source, 'name' | 'files'>[]): Room[] {
  const prefix = folder === '.' ? '' : `${folder}/`;
  const roomOf = (file: string): string | null => {
    if (!file.startsWith(prefix)) return null;
    const slash = file.indexOf('/', prefix.length);
    return slash === -1 ? file : file.slice(0, slash + 1);
  };
  const rooms = new Map<string, { files: number; uses: Set<string> }>();
  for (const { name, files } of sources) {
    const room = roomOf(name);
    if (room === null) continue;
    const known = rooms.get(room) ?? { files: 0, uses: new Set<string>() };
    rooms.set(room, known);
    known.files++;
    for (const used of files.map(roomOf)) if (used !== null && used !== room) known.uses.add(used);
  }
  return [...rooms]
    .map(([name, { files, uses }]) => ({ name, files, uses: [...uses].sort() }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Every folder that has sources in it, the root first. */
export function foldersOf(sources: readonly Pick<Source, 'name'>[]): string[] {
  const folders = new Set(['.']);
  for (const { name } of sources) {
    for (let at = name.lastIndexOf('/'); at > 0; at = name.lastIndexOf('/', at - 1))
      folders.add(name.slice(0, at));
  }
  return [...folders].sort();
}

/** A way that leads back to its begin; null where there is none. */
export function findCircle(graph: ReadonlyMap<string, readonly string[]>): string[] | null {
  const done = new Set<string>();
  const visit = (name: string, path: readonly string[]): string[] | null => {
    const start = path.indexOf(name);
    if (start !== -1) return [...path.slice(start), name];
    if (done.has(name)) return null;
    for (const next of graph.get(name) ?? []) {
      const circle = visit(next, [...path, name]);
      if (circle !== null) return circle;
    }
    done.add(name);
    return null;
  };
  for (const name of graph.keys()) {
    const circle = visit(name, []);
    if (circle !== null) return circle;
  }
  return null;
}

/** Rooms by floor, the ground first: each stands above all that it uses. They must have no circle. */
export function floorsOf(rooms: readonly Room[]): Room[][] {
  const byName = new Map(rooms.map((room) => [room.name, room]));
  const floors = new Map<string, number>();
  const floorOf = (room: Room): number => {
    const known = floors.get(room.name);
    if (known !== undefined) return known;
    const below = room.uses.flatMap((name) => byName.get(name) ?? []).map(floorOf);
    const floor = below.length === 0 ? 0 : Math.max(...below) + 1;
    floors.set(room.name, floor);
    return floor;
  };
  const result: Room[][] = [];
  for (const room of rooms) (result[floorOf(room)] ??= []).push(room);
  return result;
}

/** Of what a room uses, only what nothing else that it uses leads to: enough to draw, and fewer arrows. */
export function nearestUses(rooms: readonly Room[]): Map<string, readonly string[]> {
  const byName = new Map(rooms.map((room) => [room.name, room]));
  const reached = new Map<string, ReadonlySet<string>>();
  const reach = (name: string): ReadonlySet<string> => {
    const known = reached.get(name);
    if (known !== undefined) return known;
    const all = new Set(byName.get(name)?.uses.flatMap((used) => [used, ...reach(used)]));
    reached.set(name, all);
    return all;
  };
  return new Map(
    rooms.map(({ name, uses }) => [
      name,
      uses.filter((used) => !uses.some((other) => other !== used && reach(other).has(used))),
    ]),
  );
}
