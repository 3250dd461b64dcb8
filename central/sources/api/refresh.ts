import { GuaritaError } from '../../../shared/errors.ts';
import type { ApiConfig } from './api-schema.ts';
import type { ApiLine } from './line.ts';
import { type Listed, listView } from './list-view.ts';
import type { Absence, Incoming, Mirror } from './mirror.ts';
import type { RowTexts } from './records.ts';
import type { ApiView } from './view-schema.ts';

export interface Refreshed {
  /** When the last listing began: only what changed since then is wanted, where the API can tell; null for everything. */
  readonly since: number | null;
  /** Whether nothing but a listing of everything, to its end, will do. */
  readonly isWhole: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Most rows of one listing about which the API is asked one by one; the others wait for a second listing. */
const mostAsked = 1000;
const hour = 3_600_000;

/**
 * Lists a view into its mirror. Throws the errors of `listView`, by which nothing changes; `api-answer-invalid` for a
 * column that no row has; and `api-incomplete` where it had to be of everything and is not: what came is kept, and
 * nothing is taken for removed.
 */
export async function refresh(
  {
    line,
    api,
    mirror,
    now,
  }: { readonly line: ApiLine; readonly api: ApiConfig; readonly mirror: Mirror; readonly now: () => number },
  view: ApiView,
  { since, isWhole, signal }: Refreshed,
): Promise<void> {
  const began = now();
  const from = since === null || view.since === undefined ? null : instantBefore(since, view.since.overlap);
  const incoming = mirror.begin(view);
  try {
    const listed = await listView({ line, api }, view, { from, take: (rows) => incoming.take(rows), signal });
    requireColumns(listed, from);
    const { count } = incoming;
    const isEverything = from === null && (listed.total === null || listed.total === count);
    // A row that came twice has pushed another away, and so may a total that moved.
    const judges = isEverything && listed.isSteady && listed.received === count;
    const absence = judges ? await absenceOf(incoming, { line, api, view, signal }) : null;
    incoming.commit(began, { absence, isWhole: isEverything });
    if (isWhole && !isEverything) {
      throw new GuaritaError('api-incomplete', `Anunciou ${listed.total ?? 0} e deu ${count}.`);
    }
  } finally {
    incoming.drop();
  }
}

/** A member that none of many records has was mistaken or renamed: its column would become null everywhere. */
function requireColumns({ received, rows }: Listed, from: string | null): void {
  if (received === 0 || from !== null || rows.neverFound.length === 0) return;
  const names = rows.neverFound.map(({ name, path }) => `${name} ("${path}")`).join(', ');
  throw new GuaritaError('api-answer-invalid', `Nenhum registro tem ${names}.`);
}

/** Asks about rows that the listing lacks, where the API can be asked about one. */
async function absenceOf(
  incoming: Incoming,
  {
    line,
    api,
    view,
    signal,
  }: {
    readonly line: ApiLine;
    readonly api: ApiConfig;
    readonly view: ApiView;
    readonly signal: AbortSignal | undefined;
  },
): Promise<Absence> {
  const gone: RowTexts[] = [];
  const there: RowTexts[] = [];
  if (view.item === undefined) return { gone, there };
  for (const key of incoming.lacking(mostAsked)) {
    // In a path these would be steps, or no text at all: it would be asked about another row.
    if (key.some((text) => text === null || /^\.*$/.test(text) || !text.isWellFormed())) continue;
    const { status } = await line.ask(itemUrl(api.base, view.item.path, view.key, key), {
      signal,
      statuses: [404, 410],
    });
    (status === 200 ? there : gone).push(key);
  }
  return { gone, there };
}

function itemUrl(base: string, path: string, names: readonly string[], key: RowTexts): URL {
  const filled = path.replaceAll(/\{([^{}]+)\}/g, (_all, name: string) =>
    encodeURIComponent(key[names.indexOf(name)] ?? ''),
  );
  return new URL(base.replace(/\/$/, '') + filled);
}

function instantBefore(instant: number, overlap: string): string {
  const count = Number(overlap.slice(0, -1));
  return new Date(instant - count * (overlap.endsWith('d') ? 24 : 1) * hour).toISOString();
}
