import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Test } from 'tap';
import { parse, stringify } from 'yaml';
import { readDeclaration } from '../../../central/sources/api/declaration.ts';
import { apiServer } from '../../support/api-server.ts';
import { runCommand } from '../../support/commands.ts';
import { temporaryFolder } from '../../support/sqlite-views.ts';

const view = {
  name: 'custodiado',
  key: ['id'],
  columns: { nome: 'pessoa.nome' },
  list: { path: '/v', records: 'r', next: { page: { parameter: 'p' } }, total: { path: 'n' } },
};
const token = { bearer: { env: 'T' } };

export async function trying(t: Test): Promise<void> {
  const file = join(temporaryFolder(t), 'AL.api.yaml');
  const write = (said: unknown) => writeFileSync(file, stringify(said));
  const run = (...args: string[]) => runCommand('central', args, { environment: { T: 'segredo' } });
  const attempt = (...args: string[]) =>
    run('source', 'try', 'AL', '--file', file, '--view', 'custodiado', ...args);

  await t.test('one page, what was understood of it, and nobody named', async (t) => {
    const r = [
      { id: 1234567, pessoa: { nome: 'MARIA DAS DORES' } },
      { id: 2, pessoa: null },
    ];
    const server = await apiServer(t, () => ({ json: { r, n: 755 } }));
    write({
      api: { base: server.base, auth: token },
      views: [{ ...view, columns: { ...view.columns, mae: 'mae' } }],
    });
    const { code, output } = await attempt();
    t.equal(code, 0);
    t.match(output, 'Registros nesta página: 2. Pedidos à API: 1.');
    t.match(output, 'Total anunciado: 755.');
    t.match(output, /nome +│ +pessoa\.nome +│ +1 de 2 +│ +MA…/);
    t.match(output, '⚠ mae: nenhum registro tem "mae".');
    t.notMatch(output, /MARIA|1234567|segredo/);
    t.same(server.asked, ['/v?p=1']);
  });

  await t.test('what is wrong is told, and what to do', async (t) => {
    const server = await apiServer(t, () => ({ json: { erro: 'MARIA' } }));
    write({ api: { base: server.base, auth: token }, views: [view] });
    const invalid = await attempt();
    t.equal(invalid.code, 1);
    t.match(invalid.errors, 'Não tem uma lista em "r".');
    t.notMatch(invalid.errors, 'MARIA');
    t.match((await attempt('--view', 'outra')).errors, '"outra" não está na declaração; estão: custodiado.');
    t.match((await attempt('--rule', '2')).errors, '--rule: 3 (por VPN) ou 4 (pela internet).');
    t.match((await run('source', 'try', 'XX', '--file', file, '--view', 'v')).errors, '"XX" não é a sigla');
  });

  await t.test('faults of a declaration, each named where it is', (t) => {
    const api = { base: 'https://api.exemplo', auth: token };
    const faulty: readonly (readonly [string, unknown])[] = [
      [
        'views.custodiado.list.next: diga qual.',
        { api, views: [{ ...view, list: { ...view.list, next: {} } }] },
      ],
      [
        'views.custodiado.list.next: só um entre link, none.',
        { api, views: [{ ...view, list: { ...view.list, next: { link: true, none: true } } }] },
      ],
      [
        'api.auth: só um entre',
        { api: { ...api, auth: { ...token, basic: { user: 'a', password: { env: 'T' } } } }, views: [view] },
      ],
      ['views: "custodiado" está duas vezes.', { api, views: [view, view] }],
      ['a coluna "nome" está duas vezes', { api, views: [{ ...view, columns: { nome: 'a', NOME: 'b' } }] }],
      ['falta a chave entre chaves: {id}', { api, views: [{ ...view, item: { path: '/v/{outra}' } }] }],
      [
        'com soap, só none, page, offset ou cursor',
        {
          api,
          views: [
            {
              ...view,
              list: { ...view.list, next: { link: true } },
              soap: { operation: 'o', namespace: 'n' },
            },
          ],
        },
      ],
      ['certificate e key vão juntos', { api: { ...api, tls: { certificate: 'a.pem' } }, views: [view] }],
      ['campo desconhecido "coluna"', { api, views: [{ ...view, coluna: 1 }] }],
      ['campo obrigatório ausente "columns"', { api, views: [{ name: 'v', key: ['id'], list: view.list }] }],
    ];
    for (const [detail, said] of faulty) {
      write(said);
      t.throws(() => readDeclaration(file, 4), {
        code: 'config-invalid',
        detail,
      });
    }
    write({ api: { ...api, auth: { basic: { user: 'a', password: 'segredo' } } }, views: [view] });
    t.throws(() => readDeclaration(file, 4), { code: 'secret-exposed' });
    t.end();
  });

  await t.test('what may not go over the internet goes over VPN', (t) => {
    const auth = token;
    for (const api of [
      { base: 'http://10.0.0.1', auth },
      { base: 'https://api.exemplo' },
      { base: 'https://api.exemplo', auth, tls: { pin: 'a.pem' } },
      {
        base: 'https://api.exemplo',
        auth: { oauth2: { tokenUrl: 'http://10.0.0.1/t', clientId: 'c', client: { env: 'T' } } },
      },
    ]) {
      write({ api, views: [view] });
      t.throws(() => readDeclaration(file, 4), { code: 'api-untrusted' });
      t.ok(readDeclaration(file, 3));
    }
    t.end();
  });

  await t.test('the sample is a declaration, and the schema is one', async (t) => {
    writeFileSync(file, (await run('source', 'api', 'sample')).output);
    const { api, views } = readDeclaration(file, 4);
    t.equal(api.rate.perMinute, 60);
    t.same(views[0]?.list.next, { url: { path: 'next' } });
    const schema: unknown = parse((await run('source', 'api', 'schema')).output);
    t.match(schema, { type: 'object', required: ['api', 'views'] });
  });
}
