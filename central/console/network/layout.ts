/** Somebody around the middle, or further out, with how many stand beyond them. */
export interface Spoke {
  readonly id: string;
  /** Those who are opened have people beyond them, or room for none. */
  readonly isOpened: boolean;
  readonly beyond: readonly string[];
}

export interface Place {
  readonly id: string;
  /** Degrees from the right, clockwise. */
  readonly angle: number;
  readonly radius: number;
}

export interface Layout {
  readonly inner: readonly Place[];
  /** By whom they stand beyond. */
  readonly outer: ReadonlyMap<string, readonly Place[]>;
  readonly innerRadius: number;
  readonly outerRadius: number;
  /** From the middle to the edge, with the names. */
  readonly size: number;
}

/** Between two names, at the least: they are 13 high. */
const pitch = 17;
/** Room for the name of one that is opened, before the next ring. */
const ringGap = 190;
/** Room for a name outside of all rings. */
const nameRoom = 215;
const smallest = 150;

/**
 * Where everybody stands: on a ring around the middle, those beyond somebody on a second one, each on a ray of their own, so
 * that names that are written along the rays never meet.
 */
export function layoutOf(spokes: readonly Spoke[]): Layout {
  const roomOf = ({ beyond }: Spoke) => Math.max(1, beyond.length);
  const rays = Math.max(
    1,
    spokes.reduce((sum, spoke) => sum + roomOf(spoke), 0),
  );
  const innerRadius = Math.max(smallest, Math.ceil((rays * pitch) / (2 * Math.PI)));
  const isWide = spokes.some(({ isOpened }) => isOpened);
  const outerRadius = isWide ? innerRadius + ringGap : innerRadius;
  const inner: Place[] = [];
  const outer = new Map<string, Place[]>();
  // From the top, clockwise.
  const angleAt = (ray: number) => (-90 + (360 * ray) / rays + 360) % 360;
  let ray = 0.5;
  for (const spoke of spokes) {
    const room = roomOf(spoke);
    inner.push({ id: spoke.id, angle: angleAt(ray + (room - 1) / 2), radius: innerRadius });
    const beyond = spoke.beyond.map((id, at) => ({ id, angle: angleAt(ray + at), radius: outerRadius }));
    if (beyond.length > 0) outer.set(spoke.id, beyond);
    ray += room;
  }
  return { inner, outer, innerRadius, outerRadius, size: outerRadius + nameRoom };
}

/** Where a place is, from the middle: to the right and down. */
export function pointAt({ angle, radius }: Pick<Place, 'angle' | 'radius'>): readonly [x: number, y: number] {
  const turned = (angle * Math.PI) / 180;
  return [Math.round(radius * Math.cos(turned)), Math.round(radius * Math.sin(turned))];
}

/** Whether a name there would stand on its head. */
export function isTurned({ angle }: Pick<Place, 'angle'>): boolean {
  return angle > 90 && angle < 270;
}
