import type { IncomingMessage } from 'node:http';
import { zstdCompressSync } from 'node:zlib';
import type { Test } from 'tap';
import { contentDigest } from '../../../shared/signing/content-digest.ts';
import { signResponse } from '../../../shared/signing/messages.ts';
import type { Page, ViewSource } from '../../../shared/sources/view-source.ts';
import { testAgent } from '../../support/agent.ts';
import { type Passing } from '../../support/line.ts';
import {
  central,
  flip,
  overTamperedLine,
  refused,
  refusedAsGiven,
  view,
  wholeView,
  withHeader,
  without,
} from '../../support/tampered-answers.ts';

/** Answers that the agent itself signed and that are of no use, or larger than was agreed. */
export async function unfit(t: Test): Promise<void> {
  await t.test('an answer that is too large', async (t) => {
    const { agent, line } = await overTamperedLine(t);

    await t.test('as sent', async (t) => {
      line.tamper = (answer) => answer;
      await refused(t, central(t, agent, line.url, { maxBytes: 1000 }), 'response-too-large');
    });
    await t.test('as sent, without end', async (t) => {
      line.tamper = (_answer, response) => {
        response.writeHead(200, { 'content-type': 'application/vnd.guarita.rows' });
        const more = () => {
          while (response.write(Buffer.alloc(64 * 1024)));
        };
        response.on('drain', more);
        more();
        return null;
      };
      await refused(t, central(t, agent, line.url), 'response-too-large');
    });
    await t.test('S6 once expanded, signed by the agent itself', async (t) => {
      const rows = 1_200_000;
      const lines = Buffer.from('0\t\\N\ta\n'.repeat(rows));
      const sent = zstdCompressSync(lines);
      t.ok(sent.length < 10_000, 'small on the wire');
      const notAsked = () => Promise.reject(new Error('not asked'));
      const repetitive: ViewSource = {
        ...{ describe: notAsked, digests: notAsked, list: notAsked, lookup: notAsked },
        page: () => {
          const info = { rows, next: 'n', until: null, complete: true, fingerprint: 'f', epoch: 'e' };
          return Promise.resolve({ ...info, lines: Buffer.from(lines) } satisfies Page);
        },
        close: () => Promise.resolve(),
      };
      const bomb = await testAgent(t, { source: repetitive, views: [view] });
      const enough = central(t, bomb, bomb.url, { maxBytes: lines.length });
      t.equal(
        (await enough.source.page(view, wholeView)).lines.length,
        lines.length,
        'the limit itself is fine',
      );
      const small = central(t, bomb, bomb.url, { maxBytes: lines.length - 1 });
      await refusedAsGiven(t, small, 'response-too-large');
    });
  });

  await t.test('a signed answer that does not keep the protocol', async (t) => {
    const { agent, line } = await overTamperedLine(t);
    const signedBy = (change: (answer: Passing) => Passing) => (answer: Passing, asked: IncomingMessage) => {
      const changed = change(answer);
      const sized = { ...changed.headers, 'content-length': String(changed.body.length) };
      const headers = { ...sized, 'content-digest': contentDigest(changed.body) };
      const request = {
        method: 'GET',
        targetUri: line.url + (asked.url ?? ''),
        headers: { signature: String(asked.headers['signature']) },
      };
      const signed = signResponse({ status: changed.status, headers }, request, agent.key);
      return { ...changed, headers: { ...headers, ...signed } };
    };
    const changes: Record<string, (answer: Passing) => Passing> = {
      'no page header': (answer) => without(answer, 'guarita-page'),
      'a page header that lacks a member': (answer) =>
        withHeader(answer, 'guarita-page', (v) => v.replace('complete, ', '')),
      'a page header that cannot be read': (answer) => withHeader(answer, 'guarita-page', () => 'rows=='),
      'a page header without the digests of its rows': (answer) =>
        withHeader(answer, 'guarita-page', (v) => v.replace(/, digests=:[^:]*:/, '')),
      'another media type': (answer) => withHeader(answer, 'content-type', () => 'application/json'),
      'a coding that was not asked for': (answer) => withHeader(answer, 'content-encoding', () => 'br'),
      'a body that does not expand': (answer) => ({ ...answer, body: flip(answer.body, 0) }),
      'a body that ends early': (answer) => ({ ...answer, body: answer.body.subarray(0, 100) }),
      'a refusal that is no problem document': (answer) => ({ ...answer, status: 500 }),
      'a problem document that is no JSON': (answer) => {
        const problem = withHeader(answer, 'content-type', () => 'application/problem+json');
        return { ...without(problem, 'content-encoding'), status: 500, body: Buffer.from('{') };
      },
    };
    for (const [what, change] of Object.entries(changes)) {
      await t.test(what, async (t) => {
        const resign = signedBy(change);
        line.tamper = (answer, response) => resign(answer, response.req);
        await refusedAsGiven(t, central(t, agent, line.url), 'page-invalid');
      });
    }
    await t.test(
      'a problem that only a newer agent knows: tried again when it is the agent’s own',
      async (t) => {
        for (const [status, code, retry] of [
          [503, 'source-failed', 'later'],
          [500, 'source-failed', 'later'],
          [422, 'page-invalid', 'no'],
        ] as const) {
          const document = {
            type: 'urn:guarita:problem:not-known-yet',
            title: 'What is new',
            status,
            hint: 'Wait.',
          };
          const resign = signedBy((answer) => ({
            ...without(
              withHeader(answer, 'content-type', () => 'application/problem+json'),
              'content-encoding',
            ),
            status,
            body: Buffer.from(JSON.stringify(document)),
          }));
          line.tamper = (answer, response) => resign(answer, response.req);
          const { source } = central(t, agent, line.url);
          await t.rejects(source.page(view, wholeView), {
            code,
            retry,
            detail: /not-known-yet: What is new/,
          });
        }
      },
    );
    await t.test('a description that is no JSON', async (t) => {
      const { source } = central(t, agent, line.url);
      line.tamper = (answer, response) => {
        const broken = { ...without(answer, 'content-encoding'), body: Buffer.from('{') };
        return signedBy(() => broken)(broken, response.req);
      };
      await t.rejects(source.describe(), { code: 'page-invalid' });
    });
  });
}
