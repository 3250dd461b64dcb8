import { GuaritaError } from '../../shared/errors.ts';
import type { ProgramContext } from '../../shared/program.ts';
import type { SourceProgress } from '../collect/collect-source.ts';
import type { CentralConfig } from '../config.ts';
import { askService } from './control/ask.ts';
import { withCentral } from './open-central.ts';
import { type Operations, operations } from './operations.ts';

/**
 * Does something at central: here, when no other process has the folder, else through the service that has it. The
 * answer is the same. Throws `central-running` when the folder is taken by what is no service, or not by this user.
 */
export async function atCentral<N extends keyof Operations>(
  config: CentralConfig,
  context: ProgramContext,
  name: N,
  input: Operations[N]['input'],
  onProgress: (progress: SourceProgress) => void = () => undefined,
): Promise<Operations[N]['output']> {
  const { stop } = context;
  try {
    const opening = { isService: false, sources: () => config.sources };
    return await withCentral(config, context, opening, (central) =>
      operations[name](central, input, { stop, onProgress }),
    );
  } catch (error) {
    if (!(error instanceof GuaritaError && error.code === 'central-running')) throw error;
  }
  const told = (progress: unknown) => onProgress(progress as SourceProgress);
  return (await askService(config.state, name, input, { stop, onProgress: told })) as Operations[N]['output'];
}
