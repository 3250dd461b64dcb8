// Tier: quick. In this process, without a server.
import { hash } from 'node:crypto';
import t from 'tap';
import {
  codeOfType,
  type ProblemCode,
  problemOf,
  problems,
  problemType,
} from '../../shared/problems/catalogue.ts';
import { namingEntry, serializeJournal } from '../../shared/protocol/journal-mark.ts';
import * as messages from '../../shared/protocol/messages.ts';
import { rowsMediaType, serializeAnswerInfo, serializePageInfo } from '../../shared/protocol/page-header.ts';
import { paths, pathsOf } from '../../shared/protocol/paths.ts';
import {
  type ProtocolVersion,
  protocolVersion,
  spokenVersions,
  versionOfPath,
} from '../../shared/protocol/version.ts';
import { messagesOf1 } from '../../shared/protocol/version-1.ts';

/**
 * What the wire of each version that central speaks looks like. A change that alters one fails here: agents in 27 states
 * are not upgraded on the same day as central. A released wire never changes: version 1 is that of 0.1.0 (commit 916dda3)
 * until it goes as a whole. Version 2 may change until it has been released once; after that, what an answer comes to hold
 * besides is left out here, and anything else is a version 3. Descriptions are not part of the wire.
 */
const wires: Readonly<Record<ProtocolVersion, string>> = {
  1: 'ff64ba8ea2d67f30085ea5fe9874c62e8ce9ed2ec571f8c5951b4d0053821eae',
  2: '9aa0e777f4295a1eea0d580098d34c35569254f5dd618854e3f284f28786d87f',
};

const { problemMediaType, ...schemas } = messages;
const { plainQuerySchema: _ofVersion2, ...schemasOfBoth } = schemas;
const schemasOf = { 1: { ...schemasOfBoth, ...messagesOf1 }, 2: schemas };
const mark = { id: 7, hash: Buffer.alloc(32, 1).toString('base64url') };

const page = { rows: 2, next: 'abc', until: 'é', complete: false, fingerprint: 'f', epoch: 'e' };
const answer = { rows: 2, fingerprint: 'f', epoch: 'e' };

/** Of version 2 on the answers that bring rows say which (P10). */
const digestsOf = { 1: undefined, 2: Buffer.alloc(32, 7) };

for (const version of spokenVersions) {
  const digests = digestsOf[version];
  await t.test(`V5 the wire of version ${version} is what it was`, (t) => {
    const wire = {
      schemas: schemasOf[version],
      paths: pathsOf(version),
      mediaTypes: [problemMediaType, rowsMediaType],
      pageHeader: [serializePageInfo(page, digests), serializePageInfo({ ...page, until: null }, digests)],
      answerHeader: [
        serializeAnswerInfo(answer),
        serializeAnswerInfo({ ...answer, answered: 2 }, digests),
        serializeAnswerInfo({ ...answer, answered: 1, cut: 3 }, digests),
      ],
      ...(version === 1
        ? {}
        : {
            journal: [
              namingEntry('/a', mark),
              namingEntry('/a?b=c', mark),
              serializeJournal({ known: null, last: mark }),
              serializeJournal({ known: { id: 3, hash: null }, last: mark }),
              serializeJournal({ known: mark, last: mark }),
            ],
          }),
    };
    const text = JSON.stringify(wire, (key, value: unknown) => (key === 'description' ? undefined : value));
    t.equal(hash('sha256', text, 'hex'), wires[version]);
    t.end();
  });
}

await t.test('V1 the agent speaks the newest version, and central that and the one before', (t) => {
  t.same(spokenVersions, [protocolVersion, protocolVersion - 1]);
  t.equal(versionOfPath(paths.agent), protocolVersion);
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
