import type { ProgramContext } from '../../shared/program.ts';
import { readOrCreateKeyPair } from '../../shared/signing/keys.ts';
import { readAgentConfig } from '../config/read-config.ts';
import { stateFiles } from '../state/state.ts';

/** Prints the agent's public key (JWK); makes the key pair when there is none yet. */
export function key(configFile: string, context: ProgramContext): void {
  const config = readAgentConfig(configFile, context.environment);
  context.print(JSON.stringify(readOrCreateKeyPair(stateFiles(config.state).key).jwk));
}
