import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { Writable } from 'node:stream';
import { inspect } from 'node:util';
import Database from 'better-sqlite3';
import { pino } from 'pino';
import type { Test } from 'tap';
import { Temporal } from 'temporal-polyfill';
import { request } from 'undici';
import { parse } from 'yaml';
import { transportError } from '../../../central/sources/transport-errors.ts';
import { freePort } from '../../../scripts/demo/processes.ts';
import { describeError } from '../../../shared/describe-error.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import { Fault } from '../../../shared/fault.ts';
import { loggerOptions } from '../../../shared/log.ts';

// Invariant 10: an error of a library quotes what it was given, and what it was given may be a person's.

const person = 'Fulano de Tal';

async function thrownBy(work: () => unknown): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

/** Answers in no language of HTTP. */
async function talkNonsense(): Promise<unknown> {
  const server = createServer((socket) => void socket.end(`HTTP/1.1 ${person}\r\n\r\n`)).listen(
    0,
    '127.0.0.1',
  );
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  try {
    return await request(`http://127.0.0.1:${port}/`);
  } finally {
    server.close();
  }
}

/** Each shown to quote the person, in its message or in what it carries besides. */
const foreign: readonly (readonly [what: string, name: string, work: () => unknown])[] = [
  ['JSON', 'SyntaxError', () => JSON.parse(`{"nome":${person}}`) as unknown],
  ['BigInt', 'SyntaxError', () => BigInt(person)],
  ['V8, of a value', 'TypeError', () => 'nome' in (person as unknown as object)],
  ['Node, of an argument', 'TypeError', () => Buffer.alloc(1).readUInt8(person as unknown as number)],
  ['an address', 'TypeError', () => new URL(`postgres://${person}@:x`)],
  ['Temporal', 'RangeError', () => Temporal.PlainDate.from(person)],
  ['YAML', 'YAMLParseError', () => parse(`nome: [${person}`) as unknown],
  [
    'SQLite',
    'SqliteError',
    () => new Database(':memory:').prepare('SELECT json_extract(?, ?)').get('{}', person),
  ],
  ['undici', 'HTTPParserError', talkNonsense],
  [
    'a driver that throws no class of its own',
    'Error',
    () => {
      throw Object.assign(new Error(`Nome: ${person}`), { sql: person, parameters: [person] });
    },
  ],
  [
    'a cause',
    'Error',
    () => {
      throw new Error('x', { cause: new Error(person) });
    },
  ],
  [
    'many at once',
    'AggregateError',
    () => {
      throw new AggregateError([new Error(person), person], person);
    },
  ],
  [
    'lines that look like places',
    'Error',
    () => {
      throw new Error(`x\n    at ${person} (file:1:1)\n    at ${person} (file:1:1)`);
    },
  ],
  [
    'a message that was changed',
    'Error',
    () => {
      throw Object.assign(new Error('another'), { stack: `Error: x\n    at ${person} (file:1:1)` });
    },
  ],
  [
    'name and code',
    'Error',
    () => {
      throw Object.assign(new Error(''), { name: person, code: person });
    },
  ],
];

/** Functions of their arguments alone. */
export async function describedErrors(t: Test): Promise<void> {
  await t.test('of an error that is not ours: name, code and place', async (t) => {
    for (const [what, name, work] of foreign) {
      const error = await thrownBy(work);
      const everything = inspect(error, { depth: 9, showHidden: true }) + String((error as Error).stack);
      t.match(everything, /Fulano/, `${what}: it quotes`);
      const described = describeError(error);
      t.equal(described.name, name, what);
      t.notMatch(JSON.stringify(described), /Fulano|Tal/, what);
      const wrapped = describeError(new GuaritaError('internal', '', { cause: error }));
      t.match(wrapped, { code: 'internal', cause: described }, `${what}, beneath one of ours`);
    }
    t.match(
      describeError(transportError(await thrownBy(talkNonsense), 0)),
      {
        code: 'agent-unreachable',
        cause: { name: 'HTTPParserError', message: /Invalid status code/, data: undefined },
      },
      'of the line to an agent, why it does not work',
    );
    t.match(describeError(new TypeError('x')), { name: 'TypeError', at: [/^at .*describe-error/] });
    for (const thrown of [person, { message: person }, null, undefined]) {
      t.match(describeError(thrown), { name: typeof thrown, message: undefined });
    }
  });

  await t.test('what the system says is told: where to, and why not', async (t) => {
    const port = await freePort();
    const [refused] = (await once(connect(port, '127.0.0.1'), 'error').catch((error: unknown) => [
      error,
    ])) as [Error];
    const expected = {
      ...{ name: 'Error', code: 'ECONNREFUSED', syscall: 'connect', address: '127.0.0.1', port },
      message: `connect ECONNREFUSED 127.0.0.1:${port}`,
    };
    t.match(describeError(refused), expected);
    const both = Object.assign(new AggregateError([refused, refused]), { code: 'ECONNREFUSED' });
    t.match(describeError(both), { code: 'ECONNREFUSED', errors: [expected, expected] }, 'of each address');
    const unknown = await thrownBy(() => request('http://nenhum.invalid/'));
    t.match(describeError(unknown), { syscall: 'getaddrinfo', message: /nenhum\.invalid/ });
  });

  await t.test('an error of the server that looks like one of the system', (t) => {
    const error = Object.assign(new Error(person), { code: 'ER_X', errno: 1366, syscall: 'x' });
    t.notMatch(JSON.stringify(describeError(error)), /Fulano/);
    t.end();
  });

  await t.test('ours are told in their own words, and a fault by its facts', (t) => {
    const facts = { name: 'DatabaseError', code: '42P01', message: 'relation "pesoa" does not exist' };
    const error = new GuaritaError('view-missing', 'View "pessoa".', { cause: new Fault(facts) });
    t.same(describeError(error), {
      ...{ name: 'GuaritaError', code: 'view-missing', message: error.message },
      cause: facts,
    });
    t.end();
  });

  await t.test('a line of the log never takes the words of an error for its text', (t) => {
    let text = '';
    const sink = new Writable({
      write(chunk: Buffer, _encoding, done) {
        text += chunk.toString('utf8');
        done();
      },
    });
    const log = pino(loggerOptions('trace'), sink).child({ reqId: 'x' });
    const error = Object.assign(new Error(`Nome: ${person}`), { code: 'ER_X' });
    log.error(error);
    log.error({ err: error });
    log.error({ err: error }, error.message);
    log.error(error, error.message);
    log.error({ err: error }, 'in our own words');
    log.error({ err: new GuaritaError('source-failed', 'MySQL error 1366.') });
    log.info({ what: 1 });
    log.info('%s again', 'said');
    t.notMatch(text, /Fulano/);
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { msg?: string; err?: { code: string } });
    t.equal(lines.filter(({ err }) => err?.code === 'ER_X').length, 5, 'with the error each');
    t.match(
      lines.map(({ msg }) => msg),
      ['Error', 'Error', 'Error', 'Error', 'in our own words', /MySQL error 1366/, undefined, 'said again'],
    );
    t.end();
  });
}
