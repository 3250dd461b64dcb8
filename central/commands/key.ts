import type { ProgramContext } from '../../shared/program.ts';
import { readOrCreateKeyPair } from '../../shared/signing/keys.ts';
import { type CentralOptions, readCentralConfig } from '../central.ts';
import { centralKeyFile } from '../identities.ts';

/** Prints central's public key (JWK), for which each state issues its grant; makes the pair when there is none. */
export function key(options: CentralOptions, context: ProgramContext): void {
  const config = readCentralConfig(options, context);
  context.print(JSON.stringify(readOrCreateKeyPair(centralKeyFile(config)).jwk));
}
