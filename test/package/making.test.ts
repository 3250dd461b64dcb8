// Tier: quick. In this process, without a server; `making.long.test.ts` has the programs whole.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import t from 'tap';
import { readRelease, releaseKey } from '../../agent/service/release.ts';
import { ascii } from '../../scripts/package/ascii.ts';
import { bundle } from '../../scripts/package/bundle.ts';
import { withoutSignature } from '../../scripts/package/pe.ts';
import { binaries } from '../../scripts/package/programs.ts';
import { readReleaseKey, releaseDocument } from '../../scripts/package/release.ts';
import { sbomOf } from '../../scripts/package/sbom.ts';
import { signDocument } from '../../shared/signing/documents.ts';
import { generateKeyPair } from '../../shared/signing/keys.ts';
import { testFolder } from '../support/bases.ts';
import { isLong } from '../support/runs.ts';

// How packaged programs are made, without making one.

const [binary] = binaries;
if (binary === undefined) throw new Error('no program is made');

void t.test('the document of a release', async (t) => {
  const file = join(testFolder(t), binary.name);
  writeFileSync(file, 'abc');
  const key = generateKeyPair();
  const facts = { file, version: '1.2.3', released: '2026-01-02T03:04:05.000Z', key };
  const text = await releaseDocument(binary, facts);
  const { document, key: signer } = readRelease(text, 'x');
  t.equal(signer.thumbprint, key.thumbprint);
  t.same(document, {
    kind: 'guarita-release',
    program: 'guarita-agent',
    version: '1.2.3',
    platform: 'linux-x64',
    // FIPS 180-4, example of one block.
    sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    bytes: 3,
    released: facts.released,
  });
  t.throws(() => readRelease(text.replace('1.2.3', '1.2.4'), 'x'), { code: 'document-altered' });
  const strangers: { readonly kind: string }[] = [
    { ...document, kind: 'guarita-invite' },
    { ...document, version: '1' },
    { ...document, sha256: 'ab' },
    { ...document, more: true } as { kind: string },
  ];
  for (const other of strangers) {
    t.throws(() => readRelease(signDocument(other, key), 'x'), { code: 'document-unreadable' });
  }
  t.throws(() => readRelease('{}', 'x'), { code: 'document-unreadable' });
});

void t.test('the key of releases', async (t) => {
  t.equal(releaseKey(), null, 'from source there is none');
  t.equal(await readReleaseKey({}), null);
  const key = generateKeyPair();
  const jwk = JSON.stringify(key.privateKeyObject.export({ format: 'jwk' }));
  t.equal((await readReleaseKey({ GUARITA_RELEASE_KEY: jwk }))?.thumbprint, key.thumbprint);
  const file = join(testFolder(t), 'release.jwk');
  writeFileSync(file, jwk);
  t.equal((await readReleaseKey({ GUARITA_RELEASE_KEY_FILE: file }))?.thumbprint, key.thumbprint);
  for (const wrong of ['', 'abc', JSON.stringify(key.jwk)]) {
    await t.rejects(readReleaseKey({ GUARITA_RELEASE_KEY: wrong }), { code: 'key-unreadable' }, wrong);
  }
});

void t.test('a program for Windows without its signature', (t) => {
  const program = Buffer.alloc(1000, 7);
  program.writeUInt32LE(64, 0x3c);
  program.write('PE\0\0', 64, 'latin1');
  program.writeUInt16LE(0x20b, 88);
  const certificates = 88 + 112 + 32;
  program.writeUInt32LE(900, certificates);
  program.writeUInt32LE(100, certificates + 4);
  const bare = withoutSignature(program);
  t.equal(bare.length, 900);
  t.equal(bare.readBigUInt64LE(certificates), 0n);
  t.same(bare.subarray(0, certificates), program.subarray(0, certificates));
  t.same(bare.subarray(certificates + 8), program.subarray(certificates + 8, 900));
  t.equal(withoutSignature(bare), bare, 'one that has none stays as it is');
  t.throws(() => withoutSignature(Buffer.concat([program, Buffer.alloc(1)])), /not at the end/);
  t.throws(() => withoutSignature(Buffer.alloc(1000)), /not a 64-bit Windows program/);
  t.end();
});

void t.test('code in ASCII means the same', async (t) => {
  for (const code of [
    String.raw`/[À-ɏ]/.test('É') && !/[À-ɏ]/.test('A')`,
    String.raw`'D’ÁVILA'.replace(/[’´]/g, '') === 'DÁVILA'`,
    String.raw`/^\’\\’$/.test('’\\’')`,
    String.raw`/^[😀]$/u.test('😀') && !/^[😀]$/u.test('😁')`,
  ]) {
    const told = ascii(code);
    t.match(told, /^[\0-\x7f]*$/);
    t.equal(compileFunction(`return ${code}`)(), true, code);
    t.equal(compileFunction(`return ${told}`)(), true, told);
  }
  // Bundling two programs takes long; what makes a chunk ASCII is what was asked above.
  for (const each of isLong ? binaries.filter(({ platform }) => platform === 'linux-x64') : []) {
    const { chunks } = await bundle(each, { version: '1.2.3', releaseKey: null });
    for (const [name, text] of chunks) {
      // Not told by a comparison, which would print all of it.
      t.ok(/^[\0-\x7f]*$/.test(text), `${each.name}: ${name}`);
    }
  }
});

void t.test('a bill of materials names what is inside, and is the same whenever it is made', (t) => {
  const component = (name: string) => ({ 'bom-ref': `${name}@1.0.0`, name, version: '1.0.0' });
  const installed = (moment: string) => ({
    serialNumber: moment,
    metadata: { timestamp: moment, component: component('guarita') },
    components: [component('a'), component('b'), component('c')],
    dependencies: [
      { ref: 'guarita@1.0.0', dependsOn: ['a@1.0.0', 'c@1.0.0'] },
      { ref: 'a@1.0.0', dependsOn: ['b@1.0.0', 'c@1.0.0'] },
      { ref: 'b@1.0.0', dependsOn: [] },
      { ref: 'c@1.0.0', dependsOn: [] },
    ],
  });
  const packages = ['a', 'b'].map((name) => ({ name, version: '1.0.0', folder: `node_modules/${name}` }));
  const facts = { version: '2.0.0', node: '24.0.0', released: '2026-01-02T03:04:05.000Z', packages };
  const text = sbomOf(installed('now'), binary, facts);
  t.equal(sbomOf(installed('later'), binary, facts), text);
  t.match(JSON.parse(text), {
    serialNumber: /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
    metadata: {
      timestamp: facts.released,
      component: { type: 'application', name: 'guarita-agent', version: '2.0.0' },
    },
    components: [{ name: 'a' }, { name: 'b' }, { name: 'node', version: '24.0.0' }],
    dependencies: [
      { ref: 'guarita-agent@2.0.0', dependsOn: ['a@1.0.0', 'node@24.0.0'] },
      { ref: 'a@1.0.0', dependsOn: ['b@1.0.0'] },
      { ref: 'b@1.0.0', dependsOn: [] },
      { ref: 'node@24.0.0', dependsOn: [] },
    ],
  });
  const unknown = [{ name: 'd', version: '1.0.0', folder: 'node_modules/d' }];
  t.throws(() => sbomOf(installed('now'), binary, { ...facts, packages: unknown }), /d@1\.0\.0/);
  t.end();
});
