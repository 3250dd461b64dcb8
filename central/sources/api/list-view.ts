import { hash } from 'node:crypto';
import { GuaritaError } from '../../../shared/errors.ts';
import type { ApiConfig } from './api-schema.ts';
import { type JsonValue, parseJson } from './json-texts.ts';
import type { ApiLine } from './line.ts';
import { firstPage, nextPage } from './next-page.ts';
import { RowReader, type RowTexts, textOfValue, valueAt } from './records.ts';
import { soapAnswer, soapQuestion, soapRecords } from './soap.ts';
import type { ApiAnswer } from './transport.ts';
import type { ApiView } from './view-schema.ts';

export interface ListRequest {
  /** Value of the parameter of `since`; null for the whole list. */
  readonly from: string | null;
  /** Called with the rows of each page, in the order of the answers. */
  readonly take: (rows: readonly RowTexts[]) => void;
  /** Most pages, for a look; without it, until the API says that it was the last. */
  readonly pages?: number;
  readonly signal?: AbortSignal | undefined;
}

/** What a listing that came to its end was. */
export interface Listed {
  readonly pages: number;
  readonly received: number;
  /** What the API announced last; null where no total is declared. */
  readonly total: number | null;
  /** Whether it announced the same on each page. */
  readonly isSteady: boolean;
  /** False where it was told to stop before the end. */
  readonly isWhole: boolean;
  readonly rows: RowReader;
}

/**
 * Lists a view, page after page, to the end that the API itself tells. Throws `api-endless` for the same request or the
 * same page twice, or more pages or time than declared; `api-answer-invalid` for what is not as declared; and the
 * errors of `ApiLine`. Of rows that were taken before it throws, nothing may be kept.
 */
export async function listView(
  { line, api }: { readonly line: ApiLine; readonly api: ApiConfig },
  view: ApiView,
  { from, take, pages = Number.POSITIVE_INFINITY, signal }: ListRequest,
): Promise<Listed> {
  const limit = AbortSignal.timeout(api.listSeconds * 1000);
  const within = signal === undefined ? limit : AbortSignal.any([signal, limit]);
  const rows = new RowReader(view);
  const asked = new Set<string>();
  const totals: (number | null)[] = [];
  const seen = new Set<string>();
  let received = 0;
  let url: URL | null = firstPage(api.base, view, from);
  let index = 0;
  for (; url !== null && index < pages; index += 1) {
    if (index === api.maxPages) throw new GuaritaError('api-endless', `Mais de ${api.maxPages} páginas.`);
    if (isTwice(asked, url.href))
      throw new GuaritaError('api-endless', `O pedido da página ${index + 1} repete um anterior.`);
    const { page } = view.list.next;
    const over: number[] = index > 0 && page?.endStatus !== undefined ? [page.endStatus] : [];
    const answer = await askWithin(line, url, { view, signal: within, over, limit });
    if (answer.status !== 200) break;
    const text = textOfBody(answer);
    const body = view.soap === undefined ? parseJson(text) : soapAnswer(text);
    const records = recordsOf(body, view);
    if (records.length > 0 && isTwice(seen, JSON.stringify(records))) {
      throw new GuaritaError('api-endless', `A página ${index + 1} repete uma anterior.`);
    }
    received += records.length;
    totals.push(totalOf(answer, body, view));
    take(records.map((record) => rows.read(record)));
    url = nextPage(view.list.next, {
      index,
      url,
      body,
      headers: answer.headers,
      records: records.length,
      received,
    });
  }
  const total = totals.at(-1) ?? null;
  const isSteady = totals.every((each) => each === total);
  return {
    pages: index,
    received,
    total,
    isSteady,
    isWhole: url === null || index < pages,
    rows,
  };
}

async function askWithin(
  line: ApiLine,
  url: URL,
  {
    view: { soap },
    signal,
    over,
    limit,
  }: {
    readonly view: ApiView;
    readonly signal: AbortSignal;
    readonly over: number[];
    readonly limit: AbortSignal;
  },
): Promise<ApiAnswer> {
  try {
    if (soap === undefined) {
      return await line.ask(url, { headers: { accept: 'application/json' }, signal, statuses: over });
    }
    const service = new URL(url.pathname, url);
    return await line.ask(service, { ...soapQuestion(url, soap), signal, statuses: over });
  } catch (error) {
    if (!limit.aborted || error !== limit.reason) throw error;
    throw new GuaritaError('api-endless', 'Passou de "api.listSeconds".');
  }
}

function isTwice(before: Set<string>, text: string): boolean {
  const digest = hash('sha256', text, 'base64');
  if (before.has(digest)) return true;
  before.add(digest);
  return false;
}

/** In the character set that the answer says, or XML of itself, else UTF-8; what cannot be read in it is not guessed at. */
function textOfBody({ headers, body }: ApiAnswer): string {
  const begin = body.toString('latin1', 0, 200);
  const [, declared = 'utf-8'] = /^<\?xml[^>]*\sencoding\s*=\s*["']([\w.-]+)/.exec(begin) ?? [];
  const [, charset = declared] = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(headers['content-type'] ?? '') ?? [];
  try {
    return new TextDecoder(charset, { fatal: true }).decode(body);
  } catch {
    throw new GuaritaError(
      'api-answer-invalid',
      'Tem bytes que não são do conjunto de caracteres que ela diz.',
    );
  }
}

/** A page without the member is no page, whatever its status says. */
function recordsOf(body: JsonValue, view: ApiView): readonly JsonValue[] {
  const { records } = view.list;
  const found = valueAt(body, records ?? '');
  if (Array.isArray(found)) return found as readonly JsonValue[];
  const inXml = view.soap === undefined ? undefined : soapRecords(body, records ?? '');
  if (inXml !== undefined) return inXml;
  throw new GuaritaError(
    'api-answer-invalid',
    records === undefined ? 'Não é uma lista; falta "list.records"?' : `Não tem uma lista em "${records}".`,
  );
}

function totalOf({ headers }: ApiAnswer, body: JsonValue, { list: { total } }: ApiView): number | null {
  if (total === undefined) return null;
  const text =
    total.path === undefined
      ? headers[(total.header ?? '').toLowerCase()]
      : textOfValue(valueAt(body, total.path));
  if (typeof text === 'string' && /^\d{1,12}$/.test(text)) return Number(text);
  throw new GuaritaError('api-answer-invalid', `Não diz o total em "${total.path ?? total.header ?? ''}".`);
}
