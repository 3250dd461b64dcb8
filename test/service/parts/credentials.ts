import { chmodSync, chownSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import type { AgentConfig } from '../../../agent/config/config.ts';
import { requirePrivate } from '../../../agent/service/credentials.ts';
import { othersFiles } from '../../../agent/service/uninstall.ts';
import { readSecret } from '../../../shared/options/secrets.ts';
import { temporaryFolder } from '../../support/sqlite-views.ts';

// Where a password is found: by who runs as the service, by root, and by neither.

export async function credentialFiles(t: Test): Promise<void> {
  await t.test('a credential is read from where systemd has put it', (t) => {
    const folder = temporaryFolder(t);
    writeFileSync(join(folder, 'db-password'), 'segredo\r\n');
    const environment = { CREDENTIALS_DIRECTORY: folder };
    t.equal(readSecret({ credential: 'db-password' }, environment), 'segredo');
    t.throws(() => readSecret({ credential: 'other' }, environment), { code: 'secret-missing' });
    t.throws(() => readSecret({ credential: '..' }, environment), { code: 'secret-missing' });
    t.throws(() => readSecret({ credential: 'db-password' }, {}), { code: 'secret-missing' });
    t.end();
  });

  await t.test('a file that cannot be read may have been handed over under its name', (t) => {
    const folder = temporaryFolder(t);
    const file = join(folder, 'senha.txt');
    t.throws(() => readSecret({ file }, {}), { code: 'secret-missing', detail: `Arquivo "${file}".` });
    const handed = join(folder, 'handed');
    mkdirSync(handed);
    writeFileSync(join(handed, 'senha.txt'), 'entregue\n');
    const environment = { CREDENTIALS_DIRECTORY: handed };
    t.equal(readSecret({ file }, environment), 'entregue');
    writeFileSync(file, 'do arquivo\n');
    t.equal(readSecret({ file }, environment), 'do arquivo', 'what can be read counts');
    t.end();
  });

  await t.test('one that others can read, or exchange, is not installed', (t) => {
    const folder = temporaryFolder(t);
    const file = join(folder, 'senha');
    const required = (own: readonly string[] = []) => requirePrivate([{ name: 'senha', file }], own);
    t.doesNotThrow(required, 'one that is missing is told of later');
    writeFileSync(file, 'segredo', { mode: 0o600 });
    t.doesNotThrow(required);
    for (const mode of [0o644, 0o640, 0o602]) {
      chmodSync(file, mode);
      t.throws(required, { code: 'secret-exposed', detail: new RegExp(file) }, mode.toString(8));
    }
    t.doesNotThrow(() => required([folder]), 'in its own folders "install" sees to it');
    chmodSync(file, 0o600);
    if (process.getuid?.() === 0) {
      chownSync(file, 64_321, 64_321);
      t.throws(required, { code: 'secret-exposed' }, 'of another user');
      chownSync(file, 0, 0);
      const theirs = join(folder, 'theirs');
      mkdirSync(theirs);
      symlinkSync(file, join(theirs, 'senha'));
      chownSync(theirs, 64_321, 64_321);
      const linked = () => requirePrivate([{ name: 'senha', file: join(theirs, 'senha') }], []);
      t.throws(linked, { code: 'secret-exposed' }, 'in a folder of another user');
    }
    t.end();
  });

  await t.test('what "uninstall" leaves, since it is not the agent’s', (t) => {
    const folder = temporaryFolder(t);
    const file = (name: string) => join(folder, name);
    for (const name of ['senha', 'estado.sqlite']) writeFileSync(file(name), '');
    const state = file('state');
    const left = (source: object) => othersFiles({ state, source } as unknown as AgentConfig);
    t.strictSame(left({ engine: 'sqlite', file: file('estado.sqlite') }), [file('estado.sqlite')]);
    t.strictSame(left({ engine: 'mysql', password: { file: file('senha') } }), [file('senha')]);
    t.strictSame(left({ engine: 'mysql', password: { file: file('none') } }), []);
    t.strictSame(left({ engine: 'mysql', password: { credential: 'senha' } }), []);
    t.strictSame(left({ engine: 'mysql', password: { file: '/etc/guarita-agent/senha' } }), []);
    t.strictSame(left({ engine: 'mysql', password: { file: join(state, 'senha') } }), []);
    t.end();
  });
}
