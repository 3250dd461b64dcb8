import { readDay } from '../../../shared/day.ts';
import { allKinds, type LinkKind } from './kinds.ts';
import { networkBounds } from './network.ts';

/** How many people there may be around the middle, as the page offers it. */
export const sizes = [30, 60, networkBounds.people - 1] as const;
export const smallestSize = 10;

/** What an address of a network says, and what is wrong with it. */
export interface NetworkView {
  readonly kinds: readonly LinkKind[];
  /** YYYY-MM-DD. */
  readonly from: string | null;
  readonly until: string | null;
  /** Who is opened, as an address names them. */
  readonly opened: readonly string[];
  readonly most: number;
}

/** As it stands in the address, all texts. */
export type NetworkQuery = Readonly<Record<'tipos' | 'de' | 'ate' | 'abrir' | 'mostrar', string>>;

export interface ReadView {
  readonly view: NetworkView;
  readonly faults: { readonly de: string | null; readonly ate: string | null };
}

/** What is no kind and no number is left out; of a day that is none it is said. */
export function readView({ tipos, de, ate, abrir, mostrar }: NetworkQuery): ReadView {
  const named = tipos.split(',');
  const [from, until] = [readDay(de), readDay(ate)];
  const fault = (text: string, day: string | null) =>
    text.trim() !== '' && day === null ? 'Escreva um dia, por exemplo 29/05/2026.' : null;
  const isBackwards = from !== null && until !== null && from > until;
  const most = /^\d{1,4}$/.test(mostrar) ? Number(mostrar) : sizes[0];
  return {
    view: {
      kinds: tipos === '' ? allKinds : allKinds.filter((kind) => named.includes(kind)),
      ...{ from: isBackwards ? null : from, until: isBackwards ? null : until },
      opened: [...new Set(abrir.split(',').filter(Boolean))],
      most: Math.max(1, Math.min(most, networkBounds.people - 1)),
    },
    faults: {
      de: fault(de, from),
      ate: isBackwards ? 'O último dia vem antes do primeiro.' : fault(ate, until),
    },
  };
}

/** The address of a view on the page that shows one: only what is not as it is at first. */
export function addressOf({ kinds, from, until, opened, most }: NetworkView): string {
  const parts = [
    ...(kinds.length === allKinds.length ? [] : [`tipos=${kinds.join() || 'nenhum'}`]),
    ...(from === null ? [] : [`de=${from}`]),
    ...(until === null ? [] : [`ate=${until}`]),
    ...(most === sizes[0] ? [] : [`mostrar=${most}`]),
    ...(opened.length === 0 ? [] : [`abrir=${opened.join()}`]),
  ];
  return `?${parts.join('&')}`;
}

/** Who is meant by what somebody pasted: an id, or the address of a person's page. Null where it is neither. */
export function idIn(text: string): string | null {
  const found = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(
    text
      .trim()
      .toLowerCase()
      .replace(/^.*\/pessoa\//, ''),
  );
  return found?.[0] ?? null;
}
