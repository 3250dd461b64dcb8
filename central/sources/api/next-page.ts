import { GuaritaError } from '../../../shared/errors.ts';
import type { JsonValue } from './json-texts.ts';
import { textOfValue, valueAt } from './records.ts';
import type { ApiView, NextConfig } from './view-schema.ts';

/** What is known of a page that came, and of the listing up to it. */
export interface PageFacts {
  /** From 0. */
  readonly index: number;
  readonly url: URL;
  readonly body: JsonValue;
  readonly headers: Readonly<Record<string, string>>;
  /** Records of this page, and of all up to it. */
  readonly records: number;
  readonly received: number;
}

/** Where a listing begins. @param since value of the parameter of `since`, where only what changed is wanted */
export function firstPage(base: string, { list, since }: ApiView, from: string | null): URL {
  const url = new URL(base.replace(/\/$/, '') + list.path);
  for (const [name, value] of Object.entries(list.parameters ?? {})) url.searchParams.set(name, value);
  if (since !== undefined && from !== null) url.searchParams.set(since.parameter, from);
  const { page, offset, cursor } = list.next;
  const size = (page ?? offset ?? cursor)?.size;
  if (size !== undefined) url.searchParams.set(size.parameter, String(size.rows));
  if (page !== undefined) url.searchParams.set(page.parameter, String(page.first));
  if (offset !== undefined) url.searchParams.set(offset.parameter, '0');
  return url;
}

/**
 * Where the next page is; null where the API says that there is none. Never guessed: a page that is shorter than asked
 * for is no end, since an API may cap its pages. Throws `api-answer-invalid`, and `api-redirected` for another server.
 */
export function nextPage(next: NextConfig, facts: PageFacts): URL | null {
  const { page, offset, cursor, url } = next;
  if (page !== undefined)
    return goesOn(page.more, facts)
      ? withParameter(facts, page.parameter, page.first + facts.index + 1)
      : null;
  if (offset !== undefined)
    return goesOn(offset.more, facts) ? withParameter(facts, offset.parameter, facts.received) : null;
  if (cursor !== undefined) {
    const text = textOfValue(valueAt(facts.body, cursor.path));
    return text === null || text === '' ? null : withParameter(facts, cursor.parameter, text);
  }
  if (url !== undefined) return ledTo(textOfValue(valueAt(facts.body, url.path)), facts);
  return next.link === true ? ledTo(nextLink(facts.headers['link']), facts) : null;
}

function goesOn(more: string | undefined, { body, records }: PageFacts): boolean {
  if (more === undefined) return records > 0;
  // XML has texts only.
  const value = textOfValue(valueAt(body, more));
  if (value === 'true' || value === 'false') return value === 'true';
  throw new GuaritaError('api-answer-invalid', `"${more}" não é true nem false.`);
}

function withParameter({ url }: PageFacts, parameter: string, value: string | number): URL {
  const next = new URL(url);
  next.searchParams.set(parameter, String(value));
  return next;
}

/** Credentials go to the declared server alone, whatever an answer says. */
function ledTo(address: string | null, { url }: PageFacts): URL | null {
  if (address === null || address === '') return null;
  const next = URL.parse(address, url.href);
  if (next === null)
    throw new GuaritaError('api-answer-invalid', 'O endereço da próxima página não é um endereço.');
  if (next.origin !== url.origin)
    throw new GuaritaError('api-redirected', 'A próxima página está em outro servidor.');
  next.hash = '';
  return next;
}

/** The target of `rel="next"` (RFC 8288). */
function nextLink(header: string | undefined): string | null {
  for (const [, target = '', parameters = ''] of (header ?? '').matchAll(
    /<([^>]*)>((?:\s*;\s*[^\s=;,]+\s*=\s*(?:"[^"]*"|[^\s;,]*))*)/g,
  )) {
    const [, quoted, bare] = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,]*))/i.exec(parameters) ?? [];
    if ((quoted ?? bare ?? '').toLowerCase().split(/\s+/).includes('next')) return target;
  }
  return null;
}
