import type { JournalMark } from '../../shared/journal/entry.ts';
import type { Identity } from '../../shared/signing/identity.ts';
import type { SignedReceipt } from '../../shared/signing/messages.ts';
import type { Trust } from '../enrolment/trust.ts';
import { AgentSource } from '../sources/agent.ts';

export interface OpenSourceOptions {
  /** Address of the agent, without a path. */
  readonly url: string;
  readonly trust: Trust;
  /** As whom central comes. */
  readonly identity: Identity;
  readonly timeoutSeconds: number;
  readonly scanTimeoutSeconds: number;
  readonly maxBytes: number;
  readonly heldEntry: () => JournalMark | null;
  readonly onReceipt: (view: string | null, receipt: SignedReceipt) => void;
}

/** A source that central knows: today an agent (rule 2); the other rules of the work plan come beside it. */
export function openSource({ trust, identity, ...options }: OpenSourceOptions): AgentSource {
  const { agentKeys, grant, certificates } = trust;
  const tls = certificates === null ? {} : { tls: { identity, certificates } };
  return new AgentSource({ ...options, ...tls, key: identity.key, agentKeys, grant });
}
