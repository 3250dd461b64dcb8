import { componentsOf } from '../../shared/signing/signature-base.ts';
import type { StateFile } from '../../shared/state-file.ts';

/** A signed answer as central kept it. */
export interface Receipt {
  readonly id: number;
  readonly source: string;
  readonly at: string;
  /** SHA-256 of the signature of the request that it answers. */
  readonly request: string | null;
  readonly keyid: string;
  readonly signatureBase: string;
  readonly signature: Buffer;
}

/** What a receipt says was answered, in the terms of the agent's journal. */
export interface ReceiptFacts {
  readonly method: string;
  readonly resource: string;
  readonly query: string | null;
  readonly status: number;
  readonly digest: string;
  /** Rows in the answer; null for one that is no page. */
  readonly rows: number | null;
}

const columns = 'id, source, at, request, keyid, signature_base AS signatureBase, signature';

/** The receipts of a source, the earliest first, one at a time. */
export function receiptsOf(db: StateFile, source: string): IterableIterator<Receipt> {
  const sql = `SELECT ${columns} FROM receipt WHERE source = ? ORDER BY id`;
  return db.prepare(sql).iterate(source) as IterableIterator<Receipt>;
}

/** Finds receipts of a source by the request that they answer. */
export function receiptFinder(db: StateFile, source: string): (request: string) => Receipt | undefined {
  const statement = db.prepare(`SELECT ${columns} FROM receipt WHERE source = ? AND request = ?`);
  return (request) => statement.get(source, request) as Receipt | undefined;
}

export function factsOf({ signatureBase }: Receipt): ReceiptFacts {
  const components = componentsOf(signatureBase);
  const { pathname, search } = new URL(components.get('"@target-uri";req') ?? 'http://invalid/');
  const rows = /(?:^|, *)rows=(\d+)/.exec(components.get('"guarita-page"') ?? '')?.[1];
  return {
    method: components.get('"@method";req') ?? '',
    resource: pathname,
    query: search === '' ? null : search.slice(1),
    status: Number(components.get('"@status"')),
    digest: components.get('"content-digest"') ?? '',
    rows: rows === undefined ? null : Number(rows),
  };
}
