import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
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
}
