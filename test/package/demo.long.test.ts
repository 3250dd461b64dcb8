// Tier: long. A whole demonstration over packaged programs. Needs GUARITA_TEST_BINARIES.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import t from 'tap';
import { emptyFolder, packagedFolder } from '../support/packaged.ts';

// Three states, their agents and a central, all of them packaged programs.

const binaries = packagedFolder(t);

t.setTimeout(900_000);
if (binaries !== null) {
  await t.test('the whole demonstration', async (t) => {
    const folder = emptyFolder(t);
    // PostgreSQL does not run as root, but has to reach its own folder in this one.
    chmodSync(folder, 0o711);
    const script = join(import.meta.dirname, '..', '..', 'scripts', 'demo.ts');
    const args = ['--once', '--binaries', binaries, '--folder', folder];
    const demo = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [output, [code]] = await Promise.all([text(demo.stdout), once(demo, 'exit')]);
    t.equal(code, 0, output);
    t.match(output, /AL │ custodiado +│ +1\.\d{3} │ +1\.\d{3} │/, 'everything was collected');
    t.match(output, /conferência\) .* completa/, 'and compared');
  });
}
