import type { ProgramContext } from '../../shared/program.ts';
import { readOrCreateKeyPair } from '../../shared/signing/keys.ts';
import { readAgentConfig } from '../config/read-config.ts';
import { asOwnerOf } from '../state/as-owner.ts';
import { stateFiles } from '../state/state.ts';

/** Prints the agent's public key (JWK); makes the key pair when there is none yet. */
export function key(configFile: string, context: ProgramContext): void {
  const { state } = readAgentConfig(configFile, context.environment);
  const { jwk } = asOwnerOf(state, () => readOrCreateKeyPair(stateFiles(state).key));
  context.print(JSON.stringify(jwk));
}
