import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { arraySource, centralFolder } from '../../support/central-folder.ts';
import { selfSigned } from '../../support/certificate.ts';
import { commandBases } from '../../support/command-bases.ts';
import { runCommand } from '../../support/commands.ts';
import { mailServer } from '../../support/mail-server.ts';

/** `serve` tells of a state that does not answer, and of how all is, by a mail server that comes later. */
export async function notifies(t: Test): Promise<void> {
  const certificate = selfSigned();
  const server = await mailServer(t, { certificate, secure: true });
  await server.start();
  const central = centralFolder(t, await commandBases(t));
  await central.enrol('AL', arraySource(), 'http://127.0.0.1:9');
  const ca = join(central.folder, 'ca.pem');
  writeFileSync(ca, certificate.certificate);
  central.environment['SENHA'] = 'senha';
  const mail = {
    ...{ url: `smtps://localhost:${server.port}`, user: 'guarita', password: { env: 'SENHA' } },
    ...{ from: 'guarita@senappen.exemplo', ca },
  };
  const notices = { mail: ['plantao@senappen.exemplo'], failures: 1, summary: '* * * * *' };
  const file = await central.configure({ mail, notices });
  const failed = await runCommand('central', ['-c', file, 'collect', 'AL'], {
    environment: central.environment,
  });
  t.equal(failed.code, 1);
  const service = await central.serve({ mail, notices, schedule: '0 3 1 1 *' });
  await server.took(2);
  await service.stop();
  const texts = server.taken.map(({ raw }) => raw);
  t.match(
    texts.find((raw) => raw.includes('resumo')),
    /^Subject: Guarita: resumo de/m,
  );
  t.ok(texts.some((raw) => /^Subject: Guarita: AL,/m.test(raw)));
  const shown = await runCommand('central', ['-c', file, 'notices'], { environment: central.environment });
  t.match(shown, { code: 0, output: /plantao@senappen\.exemplo[^]*✓ Nada espera para sair\./ });
  const tried = () =>
    runCommand('central', ['-c', file, 'notices', 'try'], { environment: central.environment });
  t.match(await tried(), { code: 0, output: '✓ plantao@senappen.exemplo' });
  const examined = await runCommand('central', ['-c', file, 'doctor'], { environment: central.environment });
  t.match(examined.output, '✓ avisos: saem para 1; esperam 0');
  await server.stop();
  t.match(await tried(), {
    code: 1,
    output: /plantao@senappen\.exemplo:\n✗ O servidor de correio não atende[^]*\[mail-unreachable\]/,
  });
  const without = await central.configure({ notices });
  const refused = await runCommand('central', ['-c', without, 'serve'], { environment: central.environment });
  t.match(refused, { code: 2, errors: /\[config-invalid\]/ });
}
