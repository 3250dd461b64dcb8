import { fork } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import {
  generateKeyPair,
  publicKey,
  readOrCreateKeyPair,
  readPublicKey,
} from '../../../shared/signing/keys.ts';
import { temporaryFolder } from '../../support/sqlite-views.ts';

const unreadable = { code: 'key-unreadable' };

/** The files of keys. */
export async function keys(t: Test): Promise<void> {
  await t.test('G4 a key file', async (t) => {
    const file = join(temporaryFolder(t), 'new', 'agent.key.jwk');
    const made = readOrCreateKeyPair(file);
    t.equal(statSync(file).mode & 0o777, 0o600, 'its owner only');
    t.equal(readOrCreateKeyPair(file).thumbprint, made.thumbprint, 'read again, the same key');
    t.same(readdirSync(join(file, '..')), ['agent.key.jwk'], 'nothing is left beside it');
    const data = Buffer.from('data');
    t.ok(made.verify(data, readOrCreateKeyPair(file).sign(data)));
    t.notOk(generateKeyPair().verify(data, made.sign(data)));
    t.notOk(made.verify(Buffer.from('Data'), made.sign(data)));

    await t.test('is refused when others can read it', async (t) => {
      for (const mode of [0o640, 0o604, 0o660, 0o644, 0o620]) {
        chmodSync(file, mode);
        t.throws(() => readOrCreateKeyPair(file), unreadable, mode.toString(8));
        try {
          readOrCreateKeyPair(file);
        } catch (error) {
          t.match(error, { detail: `Outros usuários têm acesso a "${file}" (chmod 600).` });
        }
      }
      chmodSync(file, 0o400);
      t.equal(readOrCreateKeyPair(file).thumbprint, made.thumbprint);
    });
  });

  await t.test('what is no key', async (t) => {
    const folder = temporaryFolder(t);
    const { x } = generateKeyPair().jwk;
    const contents = ['', '{', 'null', '[]', '{}', JSON.stringify({ kty: 'RSA', n: 'x', e: 'AQAB' })];
    for (const [index, content] of contents.entries()) {
      const file = join(folder, `${index}.jwk`);
      writeFileSync(file, content, { mode: 0o600 });
      t.throws(() => readOrCreateKeyPair(file), unreadable, `private: ${content}`);
      t.throws(() => readPublicKey(file), unreadable, `public: ${content}`);
      t.equal(readFileSync(file, 'utf8'), content, 'and it is left as it is');
    }
    const half = join(folder, 'public.jwk');
    writeFileSync(half, JSON.stringify({ kty: 'OKP', crv: 'Ed25519', x }), { mode: 0o600 });
    t.throws(() => readOrCreateKeyPair(half), unreadable, 'the public half only');
    t.equal(readPublicKey(half).jwk.x, x);
    t.throws(() => readPublicKey(join(folder, 'none.jwk')), unreadable, 'no file');
    for (const jwk of [null, 'x', { kty: 'OKP', crv: 'Ed25519' }, { kty: 'OKP', crv: 'X25519', x }]) {
      t.throws(() => publicKey(jwk), unreadable);
    }
    t.throws(() => publicKey({ kty: 'OKP', crv: 'Ed25519', x: 'AAAA' }), unreadable, 'too short');
  });

  await t.test('the public half is computed from the private one, whatever the file says', async (t) => {
    const file = join(temporaryFolder(t), 'mixed.jwk');
    const real = generateKeyPair();
    const { d } = real.privateKeyObject.export({ format: 'jwk' });
    writeFileSync(file, JSON.stringify({ ...generateKeyPair().jwk, d }), { mode: 0o600 });
    t.equal(readOrCreateKeyPair(file).thumbprint, real.thumbprint);
  });

  await t.test('a folder in which nothing can be made', async (t) => {
    const folder = temporaryFolder(t);
    const file = join(folder, 'file');
    writeFileSync(file, '');
    t.throws(() => readOrCreateKeyPair(join(file, 'agent.key.jwk')), { code: 'state-unwritable' });
  });

  await t.test('what an earlier process left half-made is no obstacle', async (t) => {
    const file = join(temporaryFolder(t), 'agent.key.jwk');
    // The same process id comes back at once where each start is process 1 of its container.
    writeFileSync(`${file}.${process.pid}.new`, '');
    t.ok(readOrCreateKeyPair(file).thumbprint);
  });

  await t.test('two processes that make the same file at once end with one key', async (t) => {
    const folder = temporaryFolder(t);
    mkdirSync(folder, { recursive: true });
    const files = Array.from({ length: 25 }, (_, index) => join(folder, `${index}.jwk`));
    const script = join(folder, 'make.mts');
    const keys = new URL('../../../shared/signing/keys.ts', import.meta.url);
    // Each waits for the other before each file, so that they meet.
    writeFileSync(
      script,
      `import { existsSync, writeFileSync } from 'node:fs';
    import { readOrCreateKeyPair } from ${JSON.stringify(keys.href)};
    const [mine, theirs, ...files] = process.argv.slice(2);
    process.send(files.map((file) => {
      writeFileSync(file + mine, '');
      while (!existsSync(file + theirs));
      return readOrCreateKeyPair(file).thumbprint;
    }));`,
    );
    const results = await Promise.all(
      [
        ['.a', '.b'],
        ['.b', '.a'],
      ].map(async (names) => {
        const child = fork(script, [...names, ...files]);
        const [[thumbprints]] = (await Promise.all([once(child, 'message'), once(child, 'exit')])) as [
          [string[]],
          unknown,
        ];
        return thumbprints;
      }),
    );
    t.same(results[0], results[1]);
    t.same(
      results[0],
      files.map((file) => readOrCreateKeyPair(file).thumbprint),
      'the one in the file',
    );
    t.notOk(
      readdirSync(folder).some((name) => name.endsWith('.new')),
      'nothing is left beside them',
    );
    t.ok(existsSync(script));
  });
}
