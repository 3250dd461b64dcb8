import { writePrivateFile } from '../../shared/private-file.ts';
import type { ProgramContext } from '../../shared/program.ts';
import { supportBundle } from '../support/bundle.ts';

export interface SupportOptions {
  readonly config: string;
  readonly out?: string;
}

/** Writes what a state sends when something does not work. Throws `state-unwritable`. */
export async function support(options: SupportOptions, context: ProgramContext): Promise<void> {
  const file = options.out ?? `guarita-suporte-${new Date().toISOString().slice(0, 10)}.json`;
  writePrivateFile(file, await supportBundle({ configFile: options.config, context }));
  context.print(
    [
      `✓ ${file} gravado: versões, configuração, doctor, acordo, certificados, diário (só contagens) e log.`,
      '  Não contém senhas, chaves, autorização nem dados de presos. Contém nomes e endereços de servidores.',
      '→ Leia-o (é texto) e envie-o a quem atende na SENAPPEN, com o que se estava fazendo.',
    ].join('\n'),
  );
}
