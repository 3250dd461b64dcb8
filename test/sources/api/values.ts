import * as fc from 'fast-check';
import type { Test } from 'tap';
import { parseJson } from '../../../central/sources/api/json-texts.ts';
import { textOfValue, valueAt } from '../../../central/sources/api/records.ts';
import { apiServer, listed, peopleOf } from '../../support/api-server.ts';
import { runs } from '../../support/runs.ts';

export async function values(t: Test): Promise<void> {
  await t.test('I2: numbers keep the text that they were written in', (t) => {
    for (const text of ['1.10', '12345678901234567890', '-0', '1e400', '0.1', '1E+2']) {
      t.equal(textOfValue(valueAt(parseJson(`{"a":{"b":${text}}}`), 'a.b')), text);
      t.equal(
        textOfValue(parseJson(`[${text},{"x":${text}}]`)),
        `[${text},{"x":${text}}]`,
        'also within others',
      );
    }
    t.end();
  });

  await t.test('I2: any text of any JSON value comes back as it was', (t) => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const written = JSON.stringify(value);
        if (JSON.stringify(parseJson(written)) !== written) throw new Error(written);
      }),
      { numRuns: runs(200, 5000) },
    );
    t.end();
  });

  await t.test('what stands at a path, and what does not', (t) => {
    const value = parseJson('{"a":{"b":[{"c":true}],"d":null},"e":1,"":2}');
    t.equal(textOfValue(valueAt(value, 'a.b.0.c')), 'true');
    t.equal(valueAt(value, 'a.d'), null);
    for (const path of [
      'x',
      'a.x',
      'a.d.x',
      'e.rawJSON',
      'a.b.1',
      'a.b.length',
      '__proto__',
      'a.constructor',
    ]) {
      t.equal(valueAt(value, path), undefined, path);
    }
    t.end();
  });

  await t.test('texts in the character set that the answer says', async (t) => {
    const headers = { 'content-type': 'application/json; charset=ISO-8859-1' };
    const text = Buffer.from('[{"id":"1","nome":"JOÃO"}]', 'latin1');
    const server = await apiServer(t, () => ({ text, headers }));
    const { taken } = await listed(t, { base: server.base }, peopleOf({}));
    t.same(taken, [['1', 'JOÃO']]);
    server.answer = () => ({ text });
    await t.rejects(listed(t, { base: server.base }, peopleOf({})), { code: 'api-answer-invalid' });
  });

  await t.test('columns that no record has are told', async (t) => {
    const server = await apiServer(t, () => ({ json: [{ id: 1, nome: null }, { id: 2 }] }));
    const view = { ...peopleOf({}), columns: { nome: 'nome', mae: 'mae.nome' } };
    const { rows, taken } = await listed(t, { base: server.base }, view);
    t.same(rows.neverFound, [{ name: 'mae', path: 'mae.nome' }]);
    t.same(taken, [
      ['1', null, null],
      ['2', null, null],
    ]);
  });
}
