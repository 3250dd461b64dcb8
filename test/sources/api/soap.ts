import { text as readText } from 'node:stream/consumers';
import type { Test } from 'tap';
import { parseXml } from '../../../central/sources/api/xml-texts.ts';
import { apiServer, listed, peopleOf } from '../../support/api-server.ts';

const soap = { operation: 'listar', namespace: 'urn:siap', action: 'urn:siap/listar' };
const records = 'listarResponse.resultado.pessoa';

function enveloped(inner: string): string {
  return `<?xml version="1.0" encoding="utf-8"?>
    <soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="x"><soap:Body>
    <n:listarResponse xmlns:n="urn:siap"><n:resultado>${inner}</n:resultado></n:listarResponse></soap:Body></soap:Envelope>`;
}

export async function soapServices(t: Test): Promise<void> {
  await t.test('I2: values keep their text, nil is none, and references are what they stand for', (t) => {
    const value = parseXml(
      `<a:r xmlns:a="x"><i>007</i><n> João &amp; &#233;&#xE9;&lt;b> </n><c><![CDATA[<x>&amp;]]></c><v/><z xsi:nil="true"/><t x="1">1.10</t></a:r>`,
    );
    t.same(value, { r: { i: '007', n: ' João & éé<b> ', c: '<x>&amp;', v: '', z: null, t: '1.10' } });
    t.end();
  });

  await t.test('what is no XML, or more than that', (t) => {
    const bomb = `<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><a>&b;</a>`;
    const external = `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>`;
    const deep = '<a>'.repeat(10_000) + '</a>'.repeat(10_000);
    for (const text of [bomb, external, deep, '', 'x', '<a>', '<a></b>', '<a><__proto__>x</__proto__></a>']) {
      t.throws(() => parseXml(text), { code: 'api-answer-invalid' }, text.slice(0, 40));
    }
    t.end();
  });

  await t.test('pages of an operation, asked for by elements in the order that is declared', async (t) => {
    const asked: string[] = [];
    const bodies = ['1', '2'].map(
      (id) => `<n:pessoa><n:id>0${id}</n:id><n:nome>A &amp; B</n:nome></n:pessoa>`,
    );
    bodies.splice(
      1,
      0,
      '<n:pessoa><n:id>5</n:id><n:nome xsi:nil="1"/></n:pessoa><n:pessoa><n:id>6</n:id></n:pessoa>',
    );
    const server = await apiServer(t, (_url, request, response) => {
      void readText(request).then((body) => {
        asked.push(
          `${request.method} ${String(request.headers['soapaction'])} ${/<s:Body>(.*)<\/s:Body>/.exec(body)?.[1]}`,
        );
        response.writeHead(200, { 'content-type': 'text/xml' });
        response.end(enveloped(bodies[asked.length - 1] ?? ''));
      });
      return undefined;
    });
    const view = peopleOf(
      { records, parameters: { pagina: '', uf: 'A&L' }, next: { page: { parameter: 'pagina', first: 1 } } },
      { soap },
    );
    const { taken, isWhole } = await listed(t, { base: server.base }, view);
    t.same(taken, [
      ['01', 'A & B'],
      ['5', null],
      ['6', null],
      ['02', 'A & B'],
    ]);
    t.ok(isWhole);
    const of = (page: number) =>
      `POST "urn:siap/listar" <q:listar xmlns:q="urn:siap"><q:pagina>${page}</q:pagina><q:uf>A&amp;L</q:uf></q:listar>`;
    t.same(asked, [1, 2, 3, 4].map(of));
    t.same(new Set(server.asked), new Set(['/v']), 'nothing of it is in the address');
  });

  await t.test('an answer that is not what was declared', async (t) => {
    const view = peopleOf({ records, next: { none: true } }, { soap });
    const fault = '<E xmlns="x"><Body><Fault><faultstring>MARIA</faultstring></Fault></Body></E>'.replaceAll(
      'E',
      'Envelope',
    );
    for (const text of [fault, enveloped('<n:outra/>'), enveloped('<n:pessoa/>'), '<a/>', '{}']) {
      const server = await apiServer(t, () => ({ text }));
      await t.rejects(
        listed(t, { base: server.base }, view),
        { code: 'api-answer-invalid' },
        text.slice(-60),
      );
    }
    const latin = await apiServer(t, () => ({
      text: Buffer.from(
        enveloped('<n:pessoa><id>1</id><nome>É</nome></n:pessoa>').replace('utf-8', 'iso-8859-1'),
        'latin1',
      ),
    }));
    t.same(
      (await listed(t, { base: latin.base }, view)).taken,
      [['1', 'É']],
      'in the encoding that XML says of itself',
    );
  });
}
