import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import t, { type Test } from 'tap';
import Value from 'typebox/value';
import { problemSchema } from '../../shared/protocol/messages.ts';
import { paths, viewPath } from '../../shared/protocol/paths.ts';
import { contentDigest } from '../../shared/signing/content-digest.ts';
import { generateKeyPair } from '../../shared/signing/keys.ts';
import { type SignedRequest, signRequest } from '../../shared/signing/messages.ts';
import { enrol, sampleConfig, type ServingAgent, serveAgent, writeConfig } from '../support/agent-process.ts';
import { exchange, type RawAnswer, rawRequest } from '../support/raw-requests.ts';
import { ask, signedRequest } from '../support/signed-requests.ts';
import { createSqlite, peopleSql, temporaryFolder } from '../support/sqlite-views.ts';

// Lawful requests with anything about them changed, before they are signed and after, against an agent in a process of
// its own. GUARITA_FUZZ_SECONDS: how long (npm run test:soak), instead of a number of requests. GUARITA_SEED repeats one.

const seed = Number(process.env['GUARITA_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const seconds = Number(process.env['GUARITA_FUZZ_SECONDS'] ?? 0);

interface FuzzedAgent extends ServingAgent {
  readonly centralKey: ReturnType<typeof generateKeyPair>;
  readonly grant: string;
  /** A cursor that the agent itself made, with which it serves. */
  readonly cursor: string;
}

interface Draft {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

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

const rowsAfter = (cursor: string) =>
  `${viewPath('rows', 'custodiado')}?after=${encodeURIComponent(cursor)}&limit=50`;

const get = (target: string): Draft => ({ method: 'GET', target, headers: [], body: '' });
const post = (target: string, body: unknown): Draft => ({
  method: 'POST',
  target,
  headers: [['content-type', 'application/json']],
  body: JSON.stringify(body),
});

/** What central asks. */
const lawful: readonly Draft[] = [
  get(paths.agent),
  get(paths.views),
  get(paths.openapi),
  get(paths.healthz),
  get(`${viewPath('rows', 'custodiado')}?limit=5`),
  get(`${viewPath('digests', 'custodiado')}?buckets=16`),
  post(viewPath('digests', 'custodiado'), { buckets: 16, wanted: [0, 3] }),
  post(viewPath('lookup', 'custodiado'), { keys: [['1'], ['31'], ['no such key']] }),
  post(paths.renewal, { succession: null, accepts: 'x' }),
];

/** Bytes that can stand in a line of a request. */
const text = (maxLength: number) =>
  fc.string({
    unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)),
    maxLength,
  });
const inTarget = fc.string({
  unit: fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('%00', '%2e', '%2F', '../', '//', '%', '%ff', '%F0%9F%92%A1', '?', '&'),
    },
  ),
  maxLength: 40,
});
const numbers = fc.constantFrom(
  '0',
  '-1',
  '1e9',
  '9007199254740993',
  'NaN',
  '',
  '0x10',
  '1.5',
  ' 7',
  '99999999999999999999',
);
const headerNames = fc.constantFrom(
  ...['authorization', 'signature', 'signature-input', 'content-digest', 'content-type', 'accept-encoding'],
  ...[
    'accept',
    'host',
    'expect',
    'cookie',
    'range',
    'x-forwarded-for',
    'if-none-match',
    'te',
    'upgrade',
    'origin',
  ],
);

type Change = (draft: Draft) => Draft;

/** Text with a stretch of it exchanged for another. */
const spliced = (original: string, { at, cut, put }: { at: number; cut: number; put: string }) => {
  const place = Math.floor(at * (original.length + 1));
  return original.slice(0, place) + put + original.slice(place + cut);
};
const splice = (put: fc.Arbitrary<string>) =>
  fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), cut: fc.integer({ min: 0, max: 6 }), put });

const change: fc.Arbitrary<Change> = fc.oneof(
  splice(inTarget).map(
    (how): Change =>
      (draft) => ({ ...draft, target: spliced(draft.target, how) }),
  ),
  fc.tuple(fc.constantFrom('limit', 'after', 'until', 'buckets', 'x'), fc.oneof(numbers, inTarget)).map(
    ([name, value]): Change =>
      (draft) => {
        const [path = '', query = ''] = draft.target.split('?');
        const parameters = query.split('&').filter((one) => one !== '' && !one.startsWith(`${name}=`));
        return { ...draft, target: `${path}?${[...parameters, `${name}=${value}`].join('&')}` };
      },
  ),
  fc
    .constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND', 'get', 'X')
    .map(
      (method): Change =>
        (draft) => ({ ...draft, method }),
    ),
  fc.tuple(headerNames, text(200)).map(
    ([name, value]): Change =>
      (draft) => ({ ...draft, headers: [...draft.headers, [name, value]] }),
  ),
  splice(text(20)).map(
    (how): Change =>
      (draft) => ({ ...draft, body: spliced(draft.body, how) }),
  ),
  fc
    .oneof(fc.json({ maxDepth: 4 }), text(300), fc.constant('['.repeat(5000)), fc.constant('{"keys":[]}'))
    .map(
      (body): Change =>
        (draft) => ({ ...draft, body }),
    ),
);

/** Where the signature, or what it is made of, is changed after it was made. */
const signedPart = splice(text(20)).chain((how) =>
  fc.constantFrom('authorization', 'signature', 'signature-input', 'content-digest').map(
    (part): Change =>
      (draft) => ({
        ...draft,
        headers: draft.headers.map(([name, value]) => [name, name === part ? spliced(value, how) : value]),
      }),
  ),
);

const changes = (one: fc.Arbitrary<Change>, maxLength: number) => fc.array(one, { maxLength });

interface Made {
  readonly draft: Draft;
  readonly before: readonly Change[];
  readonly isSigned: boolean;
  readonly after: readonly Change[];
}

const request: fc.Arbitrary<Made> = fc.record({
  draft: fc.constantFrom(...lawful),
  before: changes(change, 3),
  isSigned: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
  after: changes(fc.oneof({ weight: 2, arbitrary: change }, { weight: 1, arbitrary: signedPart }), 2),
});

/** None for what cannot be signed at all, such as a target with a fragment. */
function signatureOf(request: SignedRequest, { centralKey }: FuzzedAgent): Record<string, string> {
  try {
    return { ...signRequest(request, centralKey) };
  } catch {
    return {};
  }
}

function bytesOf(agent: FuzzedAgent, { draft, before, isSigned, after }: Made): Buffer {
  const made = before.reduce<Draft>((so, one) => one(so), draft);
  const targetUri = agent.url + made.target;
  const body = Buffer.from(made.body, 'latin1');
  const bound: [string, string][] = body.length === 0 ? [] : [['content-digest', contentDigest(body)]];
  const authorization = `Bearer ${agent.grant}`;
  const covered = Object.fromEntries([...bound, ['authorization', authorization]]) as Record<string, string>;
  const signed = isSigned ? signatureOf({ method: made.method, targetUri, headers: covered }, agent) : {};
  const own: [string, string][] = Object.entries({ ...covered, ...signed });
  const whole = after.reduce<Draft>((so, one) => one(so), { ...made, headers: [...own, ...made.headers] });
  const sent = Buffer.from(whole.body, 'latin1');
  const has = (wanted: string) => whole.headers.some(([name]) => name === wanted);
  return rawRequest(
    `${whole.method} ${whole.target} HTTP/1.1`,
    [
      ...(has('host') ? [] : [['host', new URL(agent.url).host] as const]),
      ...whole.headers,
      ['connection', 'close'],
      ['content-length', String(sent.length)],
    ],
    sent,
  );
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

await t.test(`whatever is sent, seed ${seed}`, async (t) => {
  const agent = await fuzzedAgent(t);
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
      ...(milliseconds === 0 ? {} : { interruptAfterTimeLimit: milliseconds, markInterruptAsFailure: false }),
    });
  if (seconds === 0) await runs(0, 600, 0);
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
  const agent = await fuzzedAgent(t);
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
  await t.resolves(fc.assert(property, { seed, numRuns: seconds === 0 ? 200 : 2000 }));
});

await t.test(`a request that was changed after it was signed is not served, seed ${seed}`, async (t) => {
  const agent = await fuzzedAgent(t);
  const property = fc.asyncProperty(fc.constantFrom(...lawful), splice(inTarget), async ({ target }, how) => {
    const changed = spliced(target, how);
    fc.pre(changed !== target && target !== paths.healthz && changed.split('?')[0] !== paths.healthz);
    fc.pre(changed.split('?')[0] !== paths.readyz);
    const { headers } = signedRequest(agent, target);
    const own = { ...headers, host: new URL(agent.url).host, connection: 'close' };
    const answer = await exchange(agent, rawRequest(`GET ${changed} HTTP/1.1`, Object.entries(own)));
    if (answer !== null && answer.status < 400) throw new Error(`${answer.status} for ${changed}`);
  });
  await t.resolves(fc.assert(property, { seed, numRuns: seconds === 0 ? 200 : 2000 }));
});
