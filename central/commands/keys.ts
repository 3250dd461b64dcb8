import { writtenDay } from '../../shared/day.ts';
import type { ProgramContext } from '../../shared/program.ts';
import { type CentralOptions, readCentralConfig } from '../central.ts';
import { adoptWhenKnown } from '../enrolment/adopt.ts';
import { centralIdentities } from '../identities.ts';

/** Shows key and certificate, what is on its way, and which states do not know it yet. */
export async function showKeys(options: CentralOptions, context: ProgramContext): Promise<void> {
  const config = readCentralConfig(options, context);
  const identities = centralIdentities(config);
  const { enrolled, invited } = await adoptWhenKnown(config);
  const waiting = [...enrolled, ...invited.map((uf) => `${uf} (convite em aberto)`)];
  const { key, certificate } = await identities.current();
  const next = await identities.next();
  context.print(
    [
      `chave        ${key.thumbprint}`,
      `certificado  ${certificate.fingerprint}`,
      `             até ${writtenDay(certificate.end)}`,
      ...(next === null
        ? []
        : [`próxima      ${next.key.thumbprint}`, `             falta em: ${waiting.join(', ')}`]),
    ].join('\n'),
  );
}

/** Makes the next key and certificate; each state learns of them with its next collection. */
export async function rotateKeys(options: CentralOptions, context: ProgramContext): Promise<void> {
  const config = readCentralConfig(options, context);
  const { key } = await centralIdentities(config).prepare();
  context.print(
    [
      `✓ Próxima chave ${key.thumbprint} pronta.`,
      '→ Cada estado a recebe na próxima coleta (ou já: guarita-central source renew); quando todos a tiverem, ela passa a valer.',
    ].join('\n'),
  );
}
