import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import type { Test } from 'tap';
import Value from 'typebox/value';
import { problemSchema } from '../../../shared/protocol/messages.ts';
import { paths, viewPath } from '../../../shared/protocol/paths.ts';
import { contentDigest } from '../../../shared/signing/content-digest.ts';
import { generateKeyPair } from '../../../shared/signing/keys.ts';
import {
  enrol,
  type ServingAgent,
  sampleConfig,
  serveAgent,
  writeConfig,
} from '../../support/agent-process.ts';
import { exchange, type RawAnswer, rawRequest } from '../../support/raw-requests.ts';
import { ask, signedRequest } from '../../support/signed-requests.ts';
import { createSqlite, peopleSql, temporaryFolder } from '../../support/sqlite-views.ts';
import {
  bytesOf,
  type FuzzedAgent,
  inTarget,
  lawful,
  request,
  rowsAfter,
  splice,
  spliced,
  text,
} from './requests.ts';

const seed = Number(process.env['GUARITA_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const seconds = Number(process.env['GUARITA_FUZZ_SECONDS'] ?? 0);

async function fuzzedAgent(t: Test): Promise<FuzzedAgent> {
  const folder = temporaryFolder(t);
  createSqlite(join(folder, 'estado.sqlite'), peopleSql(200));
  const limits = { requestsPerMinute: 1_000_000, concurrent: 1000, connections: 1000 };
  const config = writeConfig(folder, { ...sampleConfig(folder), limits, log: { level: 'warn' } });
  const { centralKey, grant } = await enrol(t, folder, config, generateKeyPair());
  const agent = { ...(await serveAgent(t, config)), centralKey, grant };
  const page = await ask(agent, `${viewPath('rows', 'custodiado')}?limit=50`);
  const cursor = /next="([^"]+)"/.exec(page.headers['guarita-page'] ?? '')?.[1] ?? '';
  t.equal((await ask(agent, rowsAfter(cursor))).status, 200, 'a cursor that serves');
  return { ...agent, cursor };
}

/** What the parser of HTTP refuses before there is a request. */
const ofTheParser = new Set([400, 408, 413, 431]);

/** Every answer is one of the protocol, and none is a failure of the agent. */
function complaintOf(answer: RawAnswer | null): string | null {
  // Something was said that is no request at all, or that changed what the connection is for.
  if (answer === null) return null;
  const { status, headers, body } = answer;
  if (status >= 500) return `${status}: ${body.toString()}`;
  if (!headers.has('signature')) {
    return ofTheParser.has(status) && body.includes('Client Error')
      ? null
      : `${status}, not signed: ${body.toString()}`;
  }
  if (headers.get('content-digest') !== contentDigest(body)) return `${status}, digest`;
  if (status < 400) return null;
  const problem: unknown = body.length === 0 ? null : JSON.parse(body.toString());
  return problem === null || Value.Check(problemSchema, problem) ? null : `${status}: ${body.toString()}`;
}

/** Resident memory of a process in MB. */
function residentMb({ child }: ServingAgent): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

/**
 * Lawful requests with anything about them changed, before they are signed and after, against an agent in a process of
 * its own. GUARITA_FUZZ_SECONDS: how long (npm run test:soak), instead of a number of requests. GUARITA_SEED repeats one.
 */
export async function fuzz(
  t: Test,
  { requests, others }: { requests: number; others: number },
): Promise<void> {
  const agent = await fuzzedAgent(t);

  await t.test(`whatever is sent, seed ${seed}`, async (t) => {
    let sent = 0;
    const property = fc.asyncProperty(request, async (made) => {
      sent++;
      const complaint = complaintOf(await exchange(agent, bytesOf(agent, made)));
      if (complaint !== null) throw new Error(complaint);
    });
    const runs = async (milliseconds: number, numRuns: number, offset: number) =>
      fc.assert(property, {
        seed: seed + offset,
        numRuns,
        ...(milliseconds === 0
          ? {}
          : { interruptAfterTimeLimit: milliseconds, markInterruptAsFailure: false }),
      });
    if (seconds === 0) await runs(0, requests, 0);
    else {
      await runs(seconds * 400, 1e9, 0);
      const early = residentMb(agent);
      await runs(seconds * 600, 1e9, 1);
      const late = residentMb(agent);
      t.comment(
        `${sent} requests; ${early.toFixed(0)} MB after 40 % of them, ${late.toFixed(0)} MB at the end`,
      );
      t.ok(late < early * 1.2, `memory does not grow: ${early} MB, then ${late} MB`);
    }
    t.equal(agent.child.exitCode, null, 'it runs');
    t.equal((await ask(agent, rowsAfter(agent.cursor))).status, 200, 'and serves');
    t.notMatch(agent.log(), '"internal"', 'nothing that was not foreseen');
  });

  await t.test(`a cursor that was altered or made up, lawfully signed, seed ${seed}`, async (t) => {
    const altered = fc.oneof(
      splice(text(10)).map((how) => spliced(agent.cursor, how)),
      fc.base64String({ maxLength: 200 }),
      fc.string({ unit: 'grapheme', maxLength: 50 }),
      fc.integer({ min: 1, max: 8 }).map((n) => agent.cursor.slice(0, -n)),
    );
    const property = fc.asyncProperty(altered, async (cursor) => {
      fc.pre(cursor !== agent.cursor && cursor !== '');
      const { status, body } = await ask(agent, rowsAfter(cursor));
      if (status !== 400) throw new Error(`${status}: ${body.toString()}`);
    });
    await t.resolves(fc.assert(property, { seed, numRuns: seconds === 0 ? others : 2000 }));
  });

  await t.test(`a request that was changed after it was signed is not served, seed ${seed}`, async (t) => {
    const property = fc.asyncProperty(
      fc.constantFrom(...lawful),
      splice(inTarget),
      async ({ target }, how) => {
        const changed = spliced(target, how);
        fc.pre(changed !== target && target !== paths.healthz && changed.split('?')[0] !== paths.healthz);
        fc.pre(changed.split('?')[0] !== paths.readyz);
        const { headers } = signedRequest(agent, target);
        const own = { ...headers, host: new URL(agent.url).host, connection: 'close' };
        const answer = await exchange(agent, rawRequest(`GET ${changed} HTTP/1.1`, Object.entries(own)));
        if (answer !== null && answer.status < 400) throw new Error(`${answer.status} for ${changed}`);
      },
    );
    await t.resolves(fc.assert(property, { seed, numRuns: seconds === 0 ? others : 2000 }));
  });
}
