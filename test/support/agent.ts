import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Test } from 'tap';
import { buildApp } from '../../agent/app.ts';
import { beginAgreement } from '../../agent/enrolment/begin-agreement.ts';
import { type AgentHome, openHome } from '../../agent/home.ts';
import { issueGrant } from '../../agent/http/grants.ts';
import type { AgentMetrics } from '../../agent/metrics.ts';
import { createLogger } from '../../shared/log.ts';
import type { Identity } from '../../shared/signing/identity.ts';
import { generateKeyPair, type KeyPair } from '../../shared/signing/keys.ts';
import type { ViewSource } from '../../shared/sources/view-source.ts';
import type { StateFile } from '../../shared/state-file.ts';
import { temporaryParent } from './temporary-parent.ts';

export interface TestAgent {
  readonly app: FastifyInstance;
  /** `http://127.0.0.1:PORT`, listening. */
  readonly url: string;
  readonly key: KeyPair;
  readonly centralKey: KeyPair;
  /** A grant for `centralKey`, valid from yesterday for the given views. */
  readonly grant: string;
  readonly state: StateFile;
  readonly home: AgentHome;
  readonly folder: string;
  /** Another grant than the usual one. */
  issue(changes: Partial<{ views: string[]; begin: Date; end: Date; issuer: string; key: KeyPair }>): string;
}

export interface TestAgentOptions {
  readonly source: ViewSource;
  readonly views: readonly string[];
  readonly clock?: () => number;
  readonly timeoutSeconds?: number;
  readonly scanTimeoutSeconds?: number;
  readonly metrics?: AgentMetrics;
  /** The central that comes over TLS; without it, the agent speaks plain HTTP. */
  readonly central?: Identity;
  readonly allow?: readonly string[];
  readonly limits?: { requestsPerMinute: number; concurrent: number; connections: number };
  readonly requestTimeout?: number;
  /** State of an earlier agent, to start it again. */
  readonly from?: Pick<TestAgent, 'folder' | 'centralKey'>;
  /** False: it goes on under the agreement that is in its state. */
  readonly begins?: boolean;
}

const day = 86_400_000;

/** The real agent, in this process, on a port of loopback; closed when the test ends. */
export async function testAgent(t: Test, options: TestAgentOptions): Promise<TestAgent> {
  const folder = options.from?.folder ?? mkdtempSync(join(temporaryParent(), 'guarita-agent-'));
  const centralKey = options.central?.key ?? options.from?.centralKey ?? generateKeyPair();
  const home = await openHome({ id: 'AL', state: folder }, options.clock);
  const { key } = home.identity();
  const clock = options.clock ?? Date.now;
  const act = '23701421';
  // Longer than any grant of a test: those bring dates of their own.
  const term = { begin: new Date(clock() - 1000 * day), end: new Date(clock() + 1000 * day) };
  const central = { key: centralKey, certificate: options.central?.certificate ?? null };
  // Before it listens: from then on the certificates are those that are pinned.
  if (options.begins !== false)
    await beginAgreement(home, 'AL', { act, term, views: options.views, central });
  const app = await buildApp({
    id: 'AL',
    uf: 'AL',
    source: options.source,
    home,
    log: createLogger('silent', 'test'),
    tls: options.central !== undefined,
    ...(options.allow === undefined ? {} : { allow: options.allow }),
    ...(options.limits === undefined ? {} : { limits: options.limits }),
    ...(options.requestTimeout === undefined ? {} : { requestTimeout: options.requestTimeout }),
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    ...(options.metrics === undefined ? {} : { metrics: options.metrics }),
    ...(options.timeoutSeconds === undefined ? {} : { timeoutSeconds: options.timeoutSeconds }),
    ...(options.scanTimeoutSeconds === undefined ? {} : { scanTimeoutSeconds: options.scanTimeoutSeconds }),
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  t.teardown(async () => {
    await app.close();
    home.close();
    if (options.from === undefined) rmSync(folder, { recursive: true, force: true });
  });
  const issue: TestAgent['issue'] = ({ views, begin, end, issuer, key: grantKey }) =>
    issueGrant(app, {
      issuer: issuer ?? 'AL',
      subject: 'SENAPPEN',
      act,
      term: { begin: begin ?? new Date(Date.now() - day), end: end ?? new Date(Date.now() + 60 * day) },
      views: views ?? options.views,
      key: grantKey ?? centralKey,
    });
  return { app, url, key, centralKey, grant: issue({}), state: home.db, home, folder, issue };
}
