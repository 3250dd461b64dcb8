import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { asGuaritaError, GuaritaError } from './errors.ts';
import type { Logger } from './log.ts';
import { isLoopback } from './loopback.ts';

/** What is told: a registry of prom-client is one. */
export interface MetricsPage {
  readonly contentType: string;
  /** The text as Prometheus reads it, made anew for each request. */
  metrics(): Promise<string>;
}

export interface MetricsListener {
  /** `http://127.0.0.1:9464/metrics` */
  readonly url: string;
  close(): Promise<void>;
}

export interface MetricsListenerOptions {
  readonly host: string;
  readonly port: number;
  readonly page: MetricsPage;
  readonly log: Logger;
}

/**
 * Answers `GET /metrics`, on an address of this machine only: the answers are neither signed nor asked a grant for.
 * It is apart from what serves data, so that neither can be reached through the other.
 * Throws `address-in-use`, and `config-invalid` for a host that others can reach.
 */
export async function listenForMetrics(options: MetricsListenerOptions): Promise<MetricsListener> {
  const { host, port } = options;
  const server = createServer((request, response) => {
    // A label is never made of a path, so neither is an answer.
    const path = request.url?.split('?', 1)[0];
    if (path !== '/metrics') return refuse(response, 404, 'GET /metrics');
    if (request.method !== 'GET') return refuse(response, 405, 'GET');
    // Half of an answer cannot be taken back.
    answer(response, options).catch(() => response.destroy());
  });
  try {
    server.listen({ host, port, exclusive: true });
    await once(server, 'listening');
  } catch (error) {
    throw new GuaritaError('address-in-use', `${host}:${port}.`, { cause: error });
  }
  // It is beside the work: a program that has nothing else left to do, or failed to start, ends.
  server.unref();
  // The address and not the name: "localhost" is what the machine says it is.
  const { address, family, port: taken } = server.address() as AddressInfo;
  if (!isLoopback(address)) {
    await close(server);
    throw new GuaritaError(
      'config-invalid',
      `metrics.host: "${host}" não é um endereço de loopback (127.0.0.1).`,
    );
  }
  const shown = family === 'IPv6' ? `[${address}]` : address;
  return { url: `http://${shown}:${taken}/metrics`, close: () => close(server) };
}

async function answer(response: ServerResponse, { page, log }: MetricsListenerOptions): Promise<void> {
  try {
    const text = await page.metrics();
    response.writeHead(200, { 'content-type': page.contentType, 'cache-control': 'no-store' }).end(text);
  } catch (error) {
    const known = asGuaritaError(error);
    log.error({ code: known.code, err: known }, 'the metrics cannot be told');
    refuse(response, 500, known.code);
  }
}

function refuse(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
}

async function close(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  if (server.listening) await once(server, 'close');
}
