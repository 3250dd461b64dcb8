import { asGuaritaError, GuaritaError } from '../../shared/errors.ts';
import type { ProblemCode } from '../../shared/problems/catalogue.ts';
import { type ProtocolVersion, spokenVersions } from '../../shared/protocol/version.ts';

/** How an agent refuses a version newer than its own: 0.1.0 knows such a path as little as any other. */
const tooNew: ReadonlySet<ProblemCode> = new Set(['route-unknown', 'agent-outdated']);

/**
 * In which version of the protocol an agent is asked: the newest first, until it is known which it speaks. Another one
 * is tried only when the agent itself says, signed, that it does not speak this one; what something on the way answers
 * in its place is thrown. What is known is asked first and not alone, since an agent may be upgraded meanwhile.
 */
export class Negotiation {
  #order: readonly ProtocolVersion[] = spokenVersions;

  /**
   * Throws what `ask` throws; `agent-outdated` and `central-outdated` when there is no version that both speak.
   * @param ask asks in a version, and throws the refusal of the agent as the problem that it reports
   * @param doubted a problem that an agent may report before it looks whether there is such a path: the version before
   *   is tried, and what it was is thrown when that one fares no better
   */
  async ask<T>(ask: (version: ProtocolVersion) => Promise<T>, doubted?: ProblemCode): Promise<T> {
    const refusals: GuaritaError[] = [];
    let left = this.#order;
    for (let [version] = left; version !== undefined; [version] = left) {
      const asked = version;
      try {
        const answer = await ask(asked);
        this.#prefer(asked);
        return answer;
      } catch (error) {
        const refusal = asGuaritaError(error);
        if (tooNew.has(refusal.code) || refusal.code === doubted) left = left.filter((one) => one < asked);
        else if (refusal.code === 'central-outdated') left = left.filter((one) => one > asked);
        else throw error;
        refusals.push(refusal);
        if (refusal.code !== doubted) this.#prefer(left[0]);
      }
    }
    throw verdict(refusals);
  }

  #prefer(version: ProtocolVersion | undefined): void {
    if (version === undefined) return;
    this.#order = [version, ...spokenVersions.filter((one) => one !== version)];
  }
}

/** What an agent that was asked in every version that may be its own is said to lack. */
function verdict(refusals: readonly GuaritaError[]): GuaritaError {
  const [first] = refusals;
  if (first !== undefined && !refusals.every(({ code }) => tooNew.has(code))) return first;
  const told = refusals.find(({ code }) => code === 'agent-outdated');
  return told ?? new GuaritaError('agent-outdated', `v${spokenVersions.join(', v')}.`);
}
