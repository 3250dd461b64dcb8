import { writePrivateFile } from '../../shared/private-file.ts';
import type { ProgramContext } from '../../shared/program.ts';
import { supportBundle } from '../support/bundle.ts';
import { createDoctorProgress } from './doctor-progress.ts';

export interface SupportOptions {
  readonly config: string;
  readonly out?: string;
  readonly doctor: boolean;
}

/** Writes what a state sends when something does not work. Throws `state-unwritable`. */
export async function support(options: SupportOptions, context: ProgramContext): Promise<void> {
  const { config: configFile, doctor } = options;
  const file = options.out ?? `guarita-suporte-${new Date().toISOString().slice(0, 10)}.json`;
  const progress = createDoctorProgress();
  const bundle = await supportBundle({ configFile, context, doctor, onStep: progress.update });
  progress.stop();
  writePrivateFile(file, bundle);
  context.print(
    [
      `✓ ${file} gravado: versões, configuração, doctor, acordo, certificados, diário (só contagens) e log.`,
      '  Não contém senhas, chaves, autorização nem dados de presos. Contém nomes e endereços de servidores.',
      '→ Leia-o (é texto) e envie-o a quem atende na SENAPPEN, com o que se estava fazendo.',
    ].join('\n'),
  );
}
