import { isDeepStrictEqual } from 'node:util';
import { GuaritaError } from '../../shared/errors.ts';
import { encodeField, encodeRawFields } from '../../shared/sources/reading/lines.ts';
import { lineOverhead, PageBuilder } from '../../shared/sources/reading/page-builder.ts';
import { rowDigest } from '../../shared/sources/reading/row-digest.ts';
import type {
  BrokenView,
  DigestsRequest,
  Listing,
  ListRequest,
  Lookup,
  LookupRequest,
  Page,
  PageRequest,
  SourceDescription,
  ViewDescription,
  ViewDigests,
  ViewSource,
} from '../../shared/sources/view-source.ts';

export type Row = readonly (string | null)[];

/** A view as its source would describe it; the first column is its key, all columns are text. */
export function viewOf(name: string, columns: readonly string[], changes: Partial<ViewDescription> = {}) {
  const view: ViewDescription = {
    name,
    columns: columns.map((column) => ({ name: column, type: 'text', nullable: true })),
    key: columns.slice(0, 1),
    mode: 'watermark',
    watermark: columns.at(-1) ?? '',
    fingerprint: `${name}(${columns.join(',')})`,
    epoch: 'first',
    ...changes,
  };
  return view;
}

/** The lines of a page, made by the builder that every engine uses. */
export function linesOf(rows: readonly Row[]): Buffer {
  return pageOf(rows.map(lineOf));
}

/** A builder takes the memory of its whole budget at once: of as much as these lines need, not of any page. */
function pageOf(lines: readonly Buffer[]): Buffer {
  const needed = lines.reduce((sum, line) => sum + line.length + lineOverhead, 0);
  const page = new PageBuilder(needed, lines.length);
  for (const line of lines) page.push(line);
  return page.finish();
}

export interface ArrayView {
  description: ViewDescription;
  rows: Row[];
}

/** What was asked of it, in order. */
export interface Asked {
  readonly view: string;
  readonly after: string | null;
  readonly until: string | null;
}

/**
 * A ViewSource over arrays in memory, in the order of the array. A cursor is the place in it, and holds for one
 * fingerprint and epoch, as an engine's does.
 */
export class ArraySource implements ViewSource {
  readonly views: ArrayView[];
  readonly asked: Asked[] = [];
  describes = 0;
  closed = 0;
  broken: readonly BrokenView[] = [];
  behindSeconds = 0;
  rowsPerPage = 10;
  /** Whether its pages say that a log has lost entries. */
  hasGap = false;
  /** Rows that one listing can hold, keys that one lookup answers. */
  mostListed = Number.POSITIVE_INFINITY;
  mostAnswered = Number.POSITIVE_INFINITY;
  /** What was asked beside pages, in order: `digests`, `list`, `lookup`. */
  readonly questions: string[] = [];
  beforeQuestion: (view: string, what: string) => Promise<void> | void = () => undefined;
  /** Called before each answer: may throw instead of it, change the view, or let it wait. */
  beforePage: (asked: Asked, count: number) => Promise<void> | void = () => undefined;
  beforeDescribe: (count: number) => Promise<void> | void = () => undefined;

  constructor(...views: ArrayView[]) {
    this.views = views;
  }

  async describe(): Promise<SourceDescription> {
    await this.beforeDescribe(++this.describes);
    const views = this.views.map(({ description }) => description);
    return {
      databaseClock: new Date().toISOString(),
      views,
      broken: this.broken,
      behindSeconds: this.behindSeconds,
    };
  }

  async page(name: string, { after, until }: PageRequest): Promise<Page> {
    const asked: Asked = { view: name, after, until };
    this.asked.push(asked);
    await this.beforePage(asked, this.asked.filter(({ view }) => view === name).length);
    const view = this.views.find(({ description }) => description.name === name);
    if (view === undefined) throw new GuaritaError('view-unknown');
    const { fingerprint, epoch } = view.description;
    const start = after === null ? 0 : placeOf(after, fingerprint, epoch);
    const bound = until ?? String(view.rows.length);
    const rows = view.rows.slice(start, Math.min(start + this.rowsPerPage, Number(bound)));
    const next = start + rows.length;
    return {
      lines: linesOf(rows),
      rows: rows.length,
      next: JSON.stringify([epoch, fingerprint, next]),
      until: bound,
      complete: next >= Number(bound),
      fingerprint,
      epoch,
      ...(this.hasGap && until === null ? { gap: true } : {}),
    };
  }

  async digests(name: string, { buckets }: DigestsRequest): Promise<ViewDigests> {
    const { rows, state } = await this.#read(name, 'digests');
    const counts = Array<number>(buckets).fill(0);
    const sums = Array<bigint>(buckets).fill(0n);
    for (const { digest } of rows) {
      const bucket = bucketOf(digest, buckets);
      counts[bucket] = (counts[bucket] ?? 0) + 1;
      sums[bucket] = (sums[bucket] ?? 0n) + digest;
    }
    return { counts, digests: sums.map((sum) => BigInt.asIntN(64, sum).toString()), ...state };
  }

  async list(name: string, { buckets, wanted }: ListRequest): Promise<Listing> {
    const { rows, state } = await this.#read(name, 'list');
    const listed = rows.filter(({ digest }) => wanted.includes(bucketOf(digest, buckets)));
    if (listed.length > this.mostListed) throw new GuaritaError('listing-too-large');
    const lines = listed.map(({ digest, key }) => `${digest}\t\\N\t${key.map(encodeField).join('\t')}\n`);
    return { lines: Buffer.from(lines.join('')), rows: listed.length, ...state };
  }

  async lookup(name: string, { keys }: LookupRequest): Promise<Lookup> {
    const { rows, state, description } = await this.#read(name, 'lookup');
    const asked = keys.slice(0, this.mostAnswered);
    const lines = asked.flatMap((key) => {
      const found = rows.filter((row) => isDeepStrictEqual(row.key, key));
      return found.length === 0
        ? [Buffer.from(goneLine(description, key))]
        : found.map(({ fields }) => lineOf(fields));
    });
    return { lines: pageOf(lines), rows: lines.length, answered: asked.length, cut: 0, ...state };
  }

  async #read(name: string, what: string) {
    this.questions.push(what);
    await this.beforeQuestion(name, what);
    const view = this.views.find(({ description }) => description.name === name);
    if (view === undefined) throw new GuaritaError('view-unknown');
    const { description } = view;
    const places = description.key.map((column) => description.columns.findIndex((c) => c.name === column));
    const rows = view.rows.map((fields) => ({
      fields,
      key: places.map((place) => fields[place] ?? null),
      digest: BigInt(rowDigest(lineOf(fields))),
    }));
    const { fingerprint, epoch } = description;
    return { rows, description, state: { fingerprint, epoch } };
  }

  close(): Promise<void> {
    this.closed++;
    return Promise.resolve();
  }
}

function lineOf(row: Row): Buffer {
  return Buffer.from(encodeRawFields(row.map((text) => (text === null ? null : Buffer.from(text)))));
}

function goneLine({ columns, key }: ViewDescription, values: readonly (string | null)[]): string {
  const fields = columns.map(({ name }) => encodeField(values[key.indexOf(name)] ?? null));
  return `{-1}\t${fields.join('\t')}`;
}

function bucketOf(digest: bigint, buckets: number): number {
  return Number(BigInt.asUintN(64, digest) % BigInt(buckets));
}

function placeOf(cursor: string, fingerprint: string, epoch: string): number {
  const [cursorEpoch, cursorFingerprint, place] = JSON.parse(cursor) as [string, string, number];
  if (cursorEpoch !== epoch) throw new GuaritaError('epoch-changed');
  if (cursorFingerprint !== fingerprint) throw new GuaritaError('schema-changed');
  return place;
}

/** Rows `from` to `to` with an id, a name and the watermark. */
export function people(from: number, to: number, version = 1): Row[] {
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const id = String(from + index);
    return [id.padStart(6, '0'), `PESSOA ${id} v${version}`, `2026-01-01 00:00:00.${id.padStart(6, '0')}`];
  });
}

export const peopleColumns = ['id', 'nome', 'atualizado_em'];
