import { writtenDay } from '../../shared/day.ts';
import type { ProgramContext } from '../../shared/program.ts';
import { overlapDays } from '../../shared/signing/identity.ts';
import { readAgentConfig } from '../config/read-config.ts';
import { withHome } from '../home.ts';

export interface KeysOptions {
  readonly config: string;
}

/** Shows key and certificate, and what is on its way. */
export async function showKeys(
  { config: file }: KeysOptions,
  { environment, print }: ProgramContext,
): Promise<void> {
  await withHome(readAgentConfig(file, environment), async (home) => {
    const { key, certificate } = home.identity();
    const next = await home.identities.next();
    print(
      [
        `chave        ${key.thumbprint}`,
        `certificado  ${certificate.fingerprint}`,
        `             até ${writtenDay(certificate.end)}`,
        ...(next === null
          ? []
          : [`próxima      ${next.key.thumbprint}`, '             aguarda a central (próxima coleta)']),
      ].join('\n'),
    );
  });
}

/** Makes the next key and certificate; the agent uses them once central has them, with no gap and no enrolment. */
export async function rotateKeys(
  { config: file }: KeysOptions,
  { environment, print }: ProgramContext,
): Promise<void> {
  await withHome(readAgentConfig(file, environment), async (home) => {
    const { key, certificate } = await home.identities.prepare();
    home.journal.event({ event: 'key-prepared', key: key.thumbprint, fingerprint: certificate.fingerprint });
    print(
      [
        `✓ Próxima chave ${key.thumbprint} pronta.`,
        `→ Nada a fazer: na próxima coleta a central a recebe e o agente passa a usá-la; a atual ainda vale por ${overlapDays} dias.`,
      ].join('\n'),
    );
  });
}
