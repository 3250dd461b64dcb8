import { strictEqual as equal } from 'node:assert';
import * as fc from 'fast-check';
import type { Test } from 'tap';
import Type from 'typebox';
import { readDocument, signDocument } from '../../../shared/signing/documents.ts';
import { generateKeyPair } from '../../../shared/signing/keys.ts';
import { anyText } from '../../support/any-text.ts';

const schema = Type.Object({ kind: Type.Literal('note'), text: Type.String() });
const key = generateKeyPair();

/** Signed documents. */
export async function documents(t: Test): Promise<void> {
  await t.test('a document is read back, with the key that signed it', async () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const read = readDocument(signDocument({ kind: 'note', text }, key), schema, 'note');
        equal(read.document.text, text.toWellFormed());
        equal(read.key.thumbprint, key.thumbprint);
      }),
      { numRuns: 200 },
    );
  });

  await t.test('it may be laid out anew, but not changed', async (t) => {
    const text = signDocument({ kind: 'note', text: 'combinado' }, key);
    t.equal(readDocument(JSON.stringify(JSON.parse(text)), schema, 'x').document.text, 'combinado');
    t.throws(() => readDocument(text.replace('combinado', 'outro'), schema, 'AL.json'), {
      code: 'document-altered',
      detail: 'AL.json.',
    });
    const other = JSON.stringify(generateKeyPair().jwk);
    t.throws(
      () => readDocument(JSON.stringify({ ...JSON.parse(text), key: JSON.parse(other) }), schema, 'x'),
      {
        code: 'document-altered',
      },
    );
  });

  await t.test('what is no document, or one of another kind, is refused', async (t) => {
    const foreign = signDocument({ kind: 'other' }, key);
    for (const text of ['', '{', 'null', '[]', '{"document":{}}', foreign]) {
      t.throws(() => readDocument(text, schema, 'x'), { code: 'document-unreadable' });
    }
  });
}
