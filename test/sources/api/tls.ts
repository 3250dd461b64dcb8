import { writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import type { Test } from 'tap';
import { openLine } from '../../support/api-server.ts';
import { selfSigned } from '../../support/certificate.ts';
import { temporaryFolder } from '../../support/sqlite-views.ts';

export async function tls(t: Test): Promise<void> {
  const folder = temporaryFolder(t);
  const [ours, another, central] = [selfSigned(), selfSigned(), selfSigned()];
  const written = (name: string, text: string) => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  };
  const shown: (boolean | undefined)[] = [];
  const server = createServer(
    {
      key: ours.key,
      cert: ours.certificate,
      requestCert: true,
      ca: central.certificate,
      rejectUnauthorized: false,
    },
    (request, response) => {
      shown.push(request.socket instanceof TLSSocket && request.socket.authorized);
      response.end('[]');
    },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const ask = (host: string, said: Readonly<Record<string, unknown>>) => {
    const base = `https://${host}:${port}`;
    return openLine(t, { base, tls: said }).line.ask(new URL(base));
  };
  const pem = written('api.pem', ours.certificate);

  await t.test('who cannot be verified is not asked', async (t) => {
    await t.rejects(ask('localhost', {}), { code: 'api-untrusted' });
    await t.rejects(ask('localhost', { ca: written('outra.pem', another.certificate) }), {
      code: 'api-untrusted',
    });
    await t.rejects(ask('localhost', { pin: written('outra.pem', another.certificate) }), {
      code: 'api-untrusted',
    });
    t.same(shown, []);
  });

  await t.test('nor where the environment says that nobody is verified', async (t) => {
    const name = 'NODE_TLS_REJECT_UNAUTHORIZED';
    process.env[name] = '0';
    t.teardown(() => Reflect.deleteProperty(process.env, name));
    await t.rejects(ask('localhost', {}), { code: 'api-untrusted' });
    await t.rejects(ask('localhost', { ca: written('outra.pem', another.certificate) }), {
      code: 'api-untrusted',
    });
    t.same(shown, []);
  });

  await t.test('an authority of its own, or the very certificate, under whatever name', async (t) => {
    t.equal((await ask('localhost', { ca: pem })).status, 200);
    t.equal((await ask('127.0.0.1', { pin: pem })).status, 200);
    t.same(shown.splice(0), [false, false]);
  });

  await t.test('central shows a certificate of its own', async (t) => {
    const certificate = written('central.pem', central.certificate);
    const key = { file: written('central.key', central.key) };
    t.equal((await ask('localhost', { ca: pem, certificate, key })).status, 200);
    t.same(shown, [true]);
  });

  await t.test('files that are none', (t) => {
    t.throws(() => openLine(t, { base: 'https://a', tls: { ca: join(folder, 'nada.pem') } }), {
      code: 'option-invalid',
    });
    t.throws(() => openLine(t, { base: 'https://a', tls: { pin: written('texto.pem', 'x') } }), {
      code: 'option-invalid',
    });
    t.end();
  });
}
