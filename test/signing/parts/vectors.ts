import { createPrivateKey, verify } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSignatureSync, type RequestDescriptor, verifySignature } from 'http-message-sig';
import type { Test } from 'tap';
import { contentDigest, matchesContentDigest } from '../../../shared/signing/content-digest.ts';
import { type KeyPair, publicKey, readOrCreateKeyPair } from '../../../shared/signing/keys.ts';
import { temporaryFolder } from '../../support/sqlite-views.ts';

/** A key as a file of this program holds it. */
function keyFrom(t: Test, jwk: object): KeyPair {
  const file = join(temporaryFolder(t), 'key.jwk');
  writeFileSync(file, JSON.stringify(jwk), { mode: 0o600 });
  return readOrCreateKeyPair(file);
}

/** RFC 9421 appendix B.1.4, `test-key-ed25519`, as the RFC prints it. */
const pem = `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF
-----END PRIVATE KEY-----`;
const rfc9421Jwk = {
  kty: 'OKP',
  crv: 'Ed25519',
  d: 'n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU',
  x: 'JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs',
};

/** RFC 9421 appendix B.2, `test-request`. */
const testRequest: RequestDescriptor = {
  kind: 'request',
  method: 'POST',
  targetUri: 'https://example.com/foo?param=Value&Pet=dog',
  fields: [
    { name: 'Host', value: 'example.com' },
    { name: 'Date', value: 'Tue, 20 Apr 2021 02:07:55 GMT' },
    { name: 'Content-Type', value: 'application/json' },
    {
      name: 'Content-Digest',
      value:
        'sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:',
    },
    { name: 'Content-Length', value: '18' },
  ],
};
const components = ['date', '@method', '@path', '@authority', 'content-type', 'content-length'];
const parameters = { created: 1618884473, keyid: 'test-key-ed25519' };

/** RFC 9421 appendix B.2.6. */
const base = `"date": Tue, 20 Apr 2021 02:07:55 GMT
"@method": POST
"@path": /foo
"@authority": example.com
"content-type": application/json
"content-length": 18
"@signature-params": ("date" "@method" "@path" "@authority" "content-type" "content-length")\
;created=1618884473;keyid="test-key-ed25519"`;
const signature = 'wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==';

/** The published vectors of the standards that the protocol is made of. */
export async function vectors(t: Test): Promise<void> {
  await t.test('RFC 9421 B.2.6: signing a request with Ed25519', async (t) => {
    const key = keyFrom(t, rfc9421Jwk);
    t.same(createPrivateKey(pem).export({ format: 'jwk' }), rfc9421Jwk, 'the JWK is the PEM of B.1.4');
    t.ok(verify(null, Buffer.from(base), key.keyObject, Buffer.from(signature, 'base64')), 'as written here');

    const bases: string[] = [];
    const signer = {
      algorithm: 'ed25519',
      sign: (data: Uint8Array) => {
        bases.push(Buffer.from(data).toString('utf8'));
        return key.sign(data);
      },
    };
    const made = createSignatureSync(testRequest, { label: 'sig-b26', components, parameters, signer });
    t.equal(bases[0], base, 'signature base');
    t.equal(made.signature, `sig-b26=:${signature}:`);
    t.equal(
      made.signatureInput,
      'sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"',
    );

    const signed: RequestDescriptor = {
      ...testRequest,
      fields: [
        ...testRequest.fields,
        { name: 'Signature', value: made.signature },
        { name: 'Signature-Input', value: made.signatureInput },
      ],
    };
    const verified = await verifySignature(signed, {
      label: 'sig-b26',
      resolveVerifier: () => ({ algorithm: 'ed25519', verify: (data, bytes) => key.verify(data, bytes) }),
      policy: { algorithms: ['ed25519'], requiredComponents: components, requiredParameters: [] },
    });
    t.match(verified.parameters, parameters);
  });

  await t.test('RFC 9530: Content-Digest', async (t) => {
    const examples: [what: string, body: string | Buffer, digest: string][] = [
      ['B.1: the whole content', '{"hello": "world"}\n', 'RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg='],
      ['B.2: no content', '', '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='],
      ['B.3: a part of the content', '"world"}\n', 'jjcgBDWNAtbYUXI37CVG3gRuGOAjaaDRGpIUFsdyepQ='],
      ['the body of RFC 9421 B.2', '{"hello": "world"}', 'X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE='],
    ];
    for (const [what, body, digest] of examples) {
      const bytes = Buffer.from(body);
      t.equal(contentDigest(bytes), `sha-256=:${digest}:`, what);
      t.ok(matchesContentDigest(`sha-256=:${digest}:`, bytes));
      t.ok(matchesContentDigest(`sha-512=:AAAA:, sha-256=:${digest}:`, bytes), 'beside another algorithm');
      t.notOk(matchesContentDigest(`sha-256=:${digest}:`, Buffer.concat([bytes, Buffer.from(' ')])));
    }
    for (const header of [
      '',
      'x',
      'sha-256=1',
      'sha-256="a"',
      'sha-256=:AAAA:',
      'sha-512=:AAAA:',
      'sha-256=::',
    ]) {
      t.notOk(matchesContentDigest(header, Buffer.alloc(0)), `not a SHA-256: ${header}`);
    }
  });

  await t.test('RFC 8037 appendix A', async (t) => {
    const jwk = {
      kty: 'OKP',
      crv: 'Ed25519',
      d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
      x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
    };
    const key = keyFrom(t, jwk);
    t.equal(key.thumbprint, 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k', 'A.3: thumbprint');
    t.same(key.jwk, { kty: 'OKP', crv: 'Ed25519', x: jwk.x }, 'A.2: the public half, and nothing else');
    t.equal(publicKey({ ...key.jwk, kid: 'Bilbo' }).thumbprint, key.thumbprint, 'other members do not count');
    const input = Buffer.from('eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc');
    t.equal(
      key.sign(input).toString('base64url'),
      'hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg',
      'A.4: signature',
    );
  });
}
