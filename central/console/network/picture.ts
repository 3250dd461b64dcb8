import type { Role } from '../../../shared/dictionary/roles.ts';
import { type Html, html } from '../html/html.ts';
import type { LinkKind } from './kinds.ts';
import { isTurned, layoutOf, type Place, pointAt } from './layout.ts';
import type { Around, Network } from './network.ts';
import type { SeenPerson } from './people.ts';
import { shortName } from './short-name.ts';

/** Where a picture leads. */
export interface PictureLinks {
  person(id: string): string;
  /** The same page with somebody opened, or closed; null where no more can be opened. */
  opening(id: string): string | null;
  closing(id: string): string;
}

/** Widths of names, in digits of 13 px. */
const rooms = { middle: 11, inner: 16, outer: 21 } as const;
/** Around the middle nothing is drawn but who stands there. */
const middleRadius = 60;

/** The network around a person, as rings: who is linked with them, and beyond those who are opened who is with these. */
export function networkPicture(network: Network, links: PictureLinks): Html {
  const { middle, opened } = network;
  const spokes = middle.people.map(({ id }) => {
    const around = opened.find(({ person }) => person.id === id);
    return { id, isOpened: around !== undefined, beyond: around?.people.map((each) => each.id) ?? [] };
  });
  const layout = layoutOf(spokes);
  const { size } = layout;
  const places = new Map(
    [...layout.inner, ...[...layout.outer.values()].flat()].map((place) => [place.id, place]),
  );
  const personOf = (id: string) => network.people.get(id);
  const nodes = layout.inner.map((place) => {
    const person = personOf(place.id);
    const isOpened = spokes.some((spoke) => spoke.id === place.id && spoke.isOpened);
    if (person === undefined) return null;
    return html`<g transform="rotate(${turn(place)})" class="${isTurned(place) && 'vira'}">${strokes(
      kindsBetween(middle, place.id),
    ).map(
      ({ kind, aside }) => html`<path class="${kind}" d="${ray(place, middleRadius, aside)}"/>`,
    )}${isOpened && html`<path class="tronco" d="${ray({ ...place, radius: layout.outerRadius - 34 }, place.radius, 0)}"/>`}${node(person, place, isOpened ? rooms.inner : rooms.outer, isOpened, links)}</g>`;
  });
  const beyond = opened.map((around) =>
    branch(around, layout.outer.get(around.person.id) ?? [], places, layout.outerRadius - 34, links),
  );
  return html`<svg class="rede" role="group" aria-label="Rede de ${nameOf(middle.person)}" viewBox="${-size} ${-size} ${2 * size} ${2 * size}" width="${2 * size}" height="${2 * size}">
<defs><g id="menos"><circle r="7" fill="none" stroke="currentColor"/><path stroke="currentColor" d="M-4 0H4"/></g><g id="mais"><use href="#menos"/><path stroke="currentColor" d="M0-4V4"/></g></defs>
${opened.map((around) => crossings(around, network, places))}
${beyond}${nodes}
${inTheMiddle(middle.person, links)}
</svg>`;
}

function nameOf({ name }: SeenPerson): string {
  return name === null ? 'sem nome' : name.slice(0, 80);
}

/** In the order of the kinds, each once. */
function kindsBetween({ links }: Around, id: string): LinkKind[] {
  return (links.get(id) ?? []).map(({ kind }) => kind);
}

/** Lines beside each other, one a kind. */
function strokes(kinds: readonly LinkKind[]): readonly { readonly kind: LinkKind; readonly aside: number }[] {
  return kinds.map((kind, at) => ({ kind, aside: 4 * at - 2 * (kinds.length - 1) }));
}

const turn = (place: Place) => rounded(isTurned(place) ? place.angle - 180 : place.angle);
const side = (place: Place) => (isTurned(place) ? -1 : 1);
const rounded = (value: number) => Math.round(value * 10) / 10;

/** On the ray of a place, from so far out to it. */
function ray(place: Place, from: number, aside: number): string {
  return `M${side(place) * from} ${aside}H${side(place) * place.radius}`;
}

const shapes: Readonly<Record<Role, (x: number) => Html>> = {
  custodiado: (x) => html`<circle cx="${x}" r="7"/>`,
  visitante: (x) => html`<rect x="${x - 6}" y="-6" width="12" height="12"/>`,
  advogado: (x) => html`<path d="M${x - 8} 0L${x}-8L${x + 8} 0L${x} 8Z"/>`,
};

/** A mark of the kind of person, for the legend. */
export function roleMark(role: Role): Html {
  return html`<svg class="rede-marca" viewBox="-9 -9 18 18" width="18" height="18" aria-hidden="true">${shapes[role](0)}</svg>`;
}

/** A line of a kind, for the legend. */
export function kindMark(kind: LinkKind): Html {
  return html`<svg class="rede-marca" viewBox="0 -5 40 10" width="40" height="10" aria-hidden="true"><path class="${kind}" d="M0 0H40"/></svg>`;
}

/** Whoever stands at a place, along its ray: a mark, what opens them, their name. */
function node(person: SeenPerson, place: Place, room: number, isOpened: boolean, links: PictureLinks): Html {
  const { id, role } = person;
  const at = (further: number) => side(place) * (place.radius + further);
  const name = nameOf(person);
  const short = shortName(name, room);
  const opening = isOpened ? links.closing(id) : links.opening(id);
  return html`<a href="${links.person(id)}">${short !== name && html`<title>${name}</title>`}${shapes[role](at(0))}<text x="${at(32)}">${short}</text></a>${
    opening !== null &&
    html`<a href="${opening}"><title>${isOpened ? 'Fechar' : 'Abrir'} ${short}</title><use href="${isOpened ? '#menos' : '#mais'}" x="${at(19)}"/></a>`
  }`;
}

/** Who stands beyond somebody who is opened. */
function branch(
  around: Around,
  places: readonly Place[],
  all: ReadonlyMap<string, Place>,
  fork: number,
  links: PictureLinks,
): Html {
  const from = all.get(around.person.id);
  if (from === undefined) throw new Error('somebody who is opened stands nowhere');
  const start = pointAt({ angle: from.angle, radius: fork });
  const byId = new Map(around.people.map((person) => [person.id, person]));
  return html`${places.map((place) => {
    const person = byId.get(place.id);
    if (person === undefined) return null;
    return html`${lines(start, pointAt(place), kindsBetween(around, place.id))}<g transform="rotate(${turn(place)})" class="${isTurned(place) && 'vira'}">${node(person, place, rooms.outer, false, { ...links, opening: () => null })}</g>`;
  })}`;
}

/** Links of somebody who is opened with those who stand elsewhere, behind all else. */
function crossings(around: Around, { middle }: Network, all: ReadonlyMap<string, Place>): Html {
  const from = all.get(around.person.id);
  const own = new Set([middle.person.id, ...around.people.map(({ id }) => id)]);
  return html`${[...around.links.keys()].map((id) => {
    const to = all.get(id);
    if (from === undefined || to === undefined || own.has(id)) return null;
    const [[x, y], [u, v]] = [pointAt(from), pointAt(to)];
    // Bent towards the middle, so that it does not run along the ring.
    const [p, q] = [Math.round((x + u) / 5), Math.round((y + v) / 5)];
    return html`<path class="${kindsBetween(around, id)[0]}" d="M${x} ${y}Q${p} ${q} ${u} ${v}"/>`;
  })}`;
}

function lines(
  [x, y]: readonly [number, number],
  [u, v]: readonly [number, number],
  kinds: readonly LinkKind[],
): readonly Html[] {
  const length = Math.hypot(u - x, v - y) || 1;
  return strokes(kinds).map(({ kind, aside }) => {
    const [dx, dy] = [rounded((-(v - y) / length) * aside), rounded(((u - x) / length) * aside)];
    return html`<path class="${kind}" d="M${x + dx} ${y + dy}L${u + dx} ${v + dy}"/>`;
  });
}

function inTheMiddle(person: SeenPerson, links: PictureLinks): Html {
  const name = nameOf(person);
  const [first = '', ...rest] = name.split(' ');
  const [upper, lower] = [shortName(first, rooms.middle), shortName(rest.at(-1) ?? '', rooms.middle)];
  return html`<a href="${links.person(person.id)}" class="centro"><title>${name}</title><circle r="${middleRadius}"/>${shapes[person.role](0)}<text y="-20">${upper}</text><text y="24">${lower}</text></a>`;
}
