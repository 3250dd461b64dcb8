import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Test } from 'tap';
import { type ApiConfig, apiSchema } from '../../central/sources/api/api-schema.ts';
import { ApiLine } from '../../central/sources/api/line.ts';
import { type Listed, type ListRequest, listView } from '../../central/sources/api/list-view.ts';
import type { RowTexts } from '../../central/sources/api/records.ts';
import type { ApiView } from '../../central/sources/api/view-schema.ts';
import { completed } from '../../shared/options/read-config.ts';

/** What a made-up API answers with: a value as JSON, or what it does itself. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly text?: string | Buffer;
}
export type Handler = (url: URL, request: IncomingMessage, response: ServerResponse) => Answer | undefined;

export interface ApiServer {
  readonly base: string;
  /** Path and query of each request, in order. */
  readonly asked: string[];
  /** What it answers with from now on. */
  answer: Handler;
}

/** An API on loopback until the test ends. */
export async function apiServer(t: Test, answer: Handler): Promise<ApiServer> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', api.base);
    api.asked.push(url.pathname + url.search);
    const answered = api.answer(url, request, response);
    if (answered === undefined) return;
    const { status = 200, headers = {}, json, text } = answered;
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(text ?? JSON.stringify(json));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const api: ApiServer = { base: `http://127.0.0.1:${port}`, asked: [], answer };
  return api;
}

/** The part of a declaration that says how an API is reached, with its defaults. */
export function apiConfig(said: { readonly base: string } & Readonly<Record<string, unknown>>): ApiConfig {
  return completed(apiSchema, said) as ApiConfig;
}

/** A view of people by `id`, with what a test says of it besides. */
export function peopleOf(list: Partial<ApiView['list']>, others: Partial<ApiView> = {}): ApiView {
  const columns = { nome: 'nome' };
  return {
    name: 'custodiado',
    key: ['id'],
    columns,
    list: { path: '/v', next: { none: true }, ...list },
    ...others,
  };
}

/** A line whose waits are told, and take no time but on its own clock. */
export function openLine(
  t: Test,
  said: Parameters<typeof apiConfig>[0],
  environment: Readonly<Record<string, string>> = {},
): { line: ApiLine; api: ApiConfig; waits: number[]; clock: { now: number } } {
  const waits: number[] = [];
  const clock = { now: 0 };
  const pause = (milliseconds: number) => {
    clock.now += milliseconds;
    waits.push(milliseconds);
    return Promise.resolve();
  };
  const api = apiConfig({ rate: { perMinute: 6000 }, ...said });
  const line = new ApiLine({ api, environment, pause, now: () => clock.now });
  t.teardown(() => line.close());
  return { line, api, waits, clock };
}

/** A whole listing, and its rows. */
export async function listed(
  t: Test,
  said: Parameters<typeof apiConfig>[0],
  view: ApiView,
  request: Partial<ListRequest> = {},
): Promise<Listed & { readonly taken: RowTexts[] }> {
  const taken: RowTexts[] = [];
  const take = (rows: readonly RowTexts[]) => void taken.push(...rows);
  return { ...(await listView(openLine(t, said), view, { from: null, take, ...request })), taken };
}
