import { join } from 'node:path';
import { IdentityFiles } from '../shared/signing/identity.ts';
import type { CentralConfig } from './config.ts';

export function centralKeyFile({ state }: Pick<CentralConfig, 'state'>): string {
  return join(state, 'central.key.jwk');
}

/** Who central is: its key with its certificate, and those that are to follow. */
export function centralIdentities(config: Pick<CentralConfig, 'state'>): IdentityFiles {
  return new IdentityFiles(centralKeyFile(config), 'guarita-central');
}
