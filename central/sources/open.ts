import { readFileSync } from 'node:fs';
import { GuaritaError } from '../../shared/errors.ts';
import type { KeyPair } from '../../shared/signing/keys.ts';
import { readPublicKey } from '../../shared/signing/keys.ts';
import type { SignedReceipt } from '../../shared/signing/messages.ts';
import type { ViewSource } from '../../shared/sources/view-source.ts';
import { AgentSource } from './agent.ts';

/** A source as the configuration has it: today an agent (rule 2); the other rules of the work plan come beside it. */
export interface SourceOptions {
  readonly url: string;
  readonly agentKey: string;
  readonly grant: string;
}

export interface OpenSourceOptions {
  readonly key: KeyPair;
  readonly timeoutSeconds: number;
  readonly scanTimeoutSeconds: number;
  readonly maxBytes: number;
  readonly onReceipt: (view: string, receipt: SignedReceipt) => void;
}

export function openSource(source: SourceOptions, options: OpenSourceOptions): ViewSource {
  return new AgentSource({
    ...options,
    url: source.url,
    agentKey: readPublicKey(source.agentKey),
    grant: readGrant(source.grant),
  });
}

function readGrant(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new GuaritaError('secret-missing', `File "${file}".`, { cause: error });
  }
}
