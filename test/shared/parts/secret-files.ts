import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { checkSecrets } from '../../../shared/doctor/own-files.ts';
import { readSecret, secretFilesIn } from '../../../shared/options/secrets.ts';
import { temporaryFolder } from '../../support/sqlite-views.ts';

// Files with passwords that others can read: told by `doctor` of both programs.

export function secretFiles(t: Test): void {
  const folder = temporaryFolder(t);
  const [one, other] = ['uma', 'outra'].map((name) => join(folder, name)) as [string, string];
  const config = {
    base: { url: 'postgres://a@b/c', password: { file: one } },
    console: { certificateKey: { file: other }, loginUnico: { clientSecret: { env: 'X' } } },
    source: { engine: 'sqlite', file: '/srv/estado.sqlite' },
    sources: [{ password: { credential: 'x' } }],
  };
  t.strictSame(secretFilesIn(config), [one, other]);
  t.match(checkSecrets({ source: config.source }), [{ health: 'ok' }], 'none is named');
  t.match(checkSecrets(config), [{ health: 'ok' }], 'what is missing is told elsewhere');
  for (const file of [one, other]) writeFileSync(file, 'segredo', { mode: 0o600 });
  t.match(checkSecrets(config), [{ health: 'ok', message: `"${one}", "${other}"` }]);
  for (const mode of [0o644, 0o640, 0o620, 0o604]) {
    chmodSync(other, mode);
    const [found, ...others] = checkSecrets(config);
    t.strictSame(others, []);
    t.match(found, { check: 'secrets', health: 'critical', message: /"[^"]*outra".*\[secret-exposed\]$/ });
    t.notMatch(JSON.stringify(found), 'segredo"');
  }
  const marked = [
    Buffer.from('\ufeffsênha\r\n'),
    Buffer.from('\ufeffsênha\r\n', 'utf16le'),
    Buffer.from('\ufeffsênha\r\n', 'utf16le').swap16(),
  ];
  for (const bytes of marked) {
    writeFileSync(one, bytes, { mode: 0o600 });
    t.equal(readSecret({ file: one }, {}), 'sênha', 'as Windows writes files');
  }
  t.end();
}
