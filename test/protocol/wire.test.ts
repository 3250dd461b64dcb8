// Tier: quick. In this process, without a server.
import { hash } from 'node:crypto';
import t from 'tap';
import * as messages from '../../shared/protocol/messages.ts';
import { rowsMediaType, serializeAnswerInfo, serializePageInfo } from '../../shared/protocol/page-header.ts';
import { paths } from '../../shared/protocol/paths.ts';
import {
  codeOfType,
  type ProblemCode,
  problemOf,
  problems,
  problemType,
} from '../../shared/problems/catalogue.ts';
import { protocolVersion } from '../../shared/protocol/version.ts';

/**
 * What the wire of each version looks like. A change that alters it without a new version fails here: agents in 27
 * states are not upgraded on the same day as central. Descriptions are not part of the wire. Version 1 may change until
 * it has been released once.
 */
const wires: Readonly<Record<number, string>> = {
  1: 'ff64ba8ea2d67f30085ea5fe9874c62e8ce9ed2ec571f8c5951b4d0053821eae',
};

const page = { rows: 2, next: 'abc', until: 'é', complete: false, fingerprint: 'f', epoch: 'e' };
const answer = { rows: 2, fingerprint: 'f', epoch: 'e' };

await t.test('the wire is that of its version', (t) => {
  const { problemMediaType, ...schemas } = messages;
  const wire = {
    schemas,
    paths,
    mediaTypes: [problemMediaType, rowsMediaType],
    pageHeader: [serializePageInfo(page), serializePageInfo({ ...page, until: null })],
    answerHeader: [
      serializeAnswerInfo(answer),
      serializeAnswerInfo({ ...answer, answered: 2 }),
      serializeAnswerInfo({ ...answer, answered: 1, cut: 3 }),
    ],
  };
  const text = JSON.stringify(wire, (key, value: unknown) => (key === 'description' ? undefined : value));
  t.equal(hash('sha256', text, 'hex'), wires[protocolVersion]);
  t.end();
});

await t.test('S7 every problem says what happened and what to do next, in both languages', (t) => {
  for (const code of Object.keys(problems) as ProblemCode[]) {
    const { status, title, hint, pt } = problemOf(code);
    t.ok(status >= 400 && status < 600, code);
    for (const text of [title, hint, pt.title, pt.hint]) t.match(text, /\.$/, `${code}: ${text}`);
    t.equal(codeOfType(problemType(code)), code);
  }
  t.equal(codeOfType('urn:guarita:problem:nonsense'), undefined);
  t.equal(codeOfType('urn:guarita:problem:toString'), undefined);
  t.end();
});
