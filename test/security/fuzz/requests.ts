import * as fc from 'fast-check';
import { paths, viewPath } from '../../../shared/protocol/paths.ts';
import { contentDigest } from '../../../shared/signing/content-digest.ts';
import type { KeyPair } from '../../../shared/signing/keys.ts';
import { type SignedRequest, signRequest } from '../../../shared/signing/messages.ts';
import type { ServingAgent } from '../../support/agent-process.ts';
import { rawRequest } from '../../support/raw-requests.ts';

export interface FuzzedAgent extends ServingAgent {
  readonly centralKey: KeyPair;
  readonly grant: string;
  /** A cursor that the agent itself made, with which it serves. */
  readonly cursor: string;
}

export interface Draft {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

export const rowsAfter = (cursor: string) =>
  `${viewPath('rows', 'custodiado')}?after=${encodeURIComponent(cursor)}&limit=50`;

const get = (target: string): Draft => ({ method: 'GET', target, headers: [], body: '' });

const post = (target: string, body: unknown): Draft => ({
  method: 'POST',
  target,
  headers: [['content-type', 'application/json']],
  body: JSON.stringify(body),
});

/** What central asks. */
export const lawful: readonly Draft[] = [
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
export const text = (maxLength: number) =>
  fc.string({
    unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)),
    maxLength,
  });

export const inTarget = fc.string({
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
export const spliced = (original: string, { at, cut, put }: { at: number; cut: number; put: string }) => {
  const place = Math.floor(at * (original.length + 1));
  return original.slice(0, place) + put + original.slice(place + cut);
};

export const splice = (put: fc.Arbitrary<string>) =>
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

export const request: fc.Arbitrary<Made> = fc.record({
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

export function bytesOf(agent: FuzzedAgent, { draft, before, isSigned, after }: Made): Buffer {
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
