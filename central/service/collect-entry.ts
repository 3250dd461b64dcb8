import { asGuaritaError, GuaritaError } from '../../shared/errors.ts';
import type { Logger } from '../../shared/log.ts';
import type { Environment } from '../../shared/options/environment.ts';
import type { ProblemCode } from '../../shared/problems/catalogue.ts';
import type { Identity } from '../../shared/signing/identity.ts';
import type { SourceResult } from '../collect/collect-source.ts';
import { type Collector, notBegun, type RunOptions } from '../collect/collector.ts';
import { type AgentEntry, type CentralConfig, isDirectEntry, recordOf, type SourceEntry } from '../config.ts';
import { adoptWhenKnown } from '../enrolment/adopt.ts';
import { noteEnd } from '../enrolment/end.ts';
import { renewTrust } from '../enrolment/renew.ts';
import { readEnd, readTrust } from '../enrolment/trust.ts';
import { centralIdentities } from '../identities.ts';
import type { AgentSource } from '../sources/agent.ts';
import type { CentralState } from '../state/state.ts';
import { collectDirect } from './collect-direct.ts';
import { type OpenSourceOptions, openSource } from './open-source.ts';

interface CollectEntry {
  readonly collector: Collector;
  readonly source: SourceEntry;
  readonly config: CentralConfig;
  readonly environment: Environment;
  readonly log: Logger;
  readonly state: CentralState;
}

/**
 * One run of a source that central knows: keeps up with its agent's keys and grant, then collects. A source whose
 * agreement is over is not even asked; what the base has of it stays.
 */
export async function collectEntry(
  { collector, source, config, environment, log, state }: CollectEntry,
  run: RunOptions,
): Promise<SourceResult> {
  try {
    const end = readEnd(source);
    if (end !== null) return endedResult(source, new GuaritaError(end.problem as ProblemCode));
    // A source that waits for a person as a whole is not asked; what they have accepted is done first.
    state.journals.settle(source.uf);
    if (isDirectEntry(source)) {
      const result = await collectDirect({ collector, source, config, environment, log }, run);
      return endedBy(source, result, log);
    }
    if ('record' in source) await prepareNext(config, log);
    const identities = await readIdentities(config);
    if ('record' in source) {
      await renew(source.record, { source, config, identities, log, state });
      await adoptWhenKnown(config);
    }
    const known = await readIdentities(config);
    const result = await collector.collect(
      source.uf,
      (onReceipt) => openEntry({ source, config, state }, known, onReceipt),
      run,
    );
    return endedBy(source, result, log);
  } catch (error) {
    // What is held of the source cannot be read, or waits for a person: nothing of it can be asked.
    return notBegun(source.uf, asGuaritaError(error), run, { state, log });
  }
}

/** A run that found the agreement over is the last one until somebody takes the source up again. */
function endedBy(source: SourceEntry, result: SourceResult, log: Logger): SourceResult {
  const { error } = result;
  const record = recordOf(source);
  if (error === null || record === null || !noteEnd(record, error, new Date())) return result;
  log.warn({ source: source.uf, code: error.code }, 'the agreement is over: not collected any more');
  return { ...result, outcome: 'ended' };
}

function endedResult({ uf }: SourceEntry, error: GuaritaError): SourceResult {
  return { source: uf, outcome: 'ended', error, views: [] };
}

/** Central's identity, and the one that is to follow: each source is asked by the one that it knows. */
interface CentralIdentities {
  readonly identity: Identity;
  readonly next: { readonly identity: Identity; readonly succession: string } | null;
}

/** Read anew for each run: `keys rotate` may have been at work. */
export async function readIdentities(config: CentralConfig): Promise<CentralIdentities> {
  const identities = centralIdentities(config);
  const next = await identities.next();
  const succession = await identities.succession();
  return {
    identity: await identities.current(),
    next: next === null || succession === null ? null : { identity: next, succession },
  };
}

/** Before central's certificate ends the next one is made by itself; each state hears of it when it is collected. */
async function prepareNext(config: CentralConfig, log: Logger): Promise<void> {
  const prepared = await centralIdentities(config).prepareWhenDue(new Date());
  if (prepared !== null) log.info({ key: prepared.key.thumbprint }, 'the next key and certificate are made');
}

/** What is needed of a source with an agent. */
interface AgentParts extends Pick<CollectEntry, 'config' | 'state'> {
  readonly source: AgentEntry;
}

/**
 * The agent of a source, as central knows it now: its requests name the entry of the journal that central holds.
 * Throws what `readTrust` throws, and the doubt that the source as a whole waits for.
 */
export function openEntry(
  { source, config, state: { journals } }: AgentParts,
  identities: CentralIdentities,
  onReceipt: OpenSourceOptions['onReceipt'],
): AgentSource {
  const { uf, url } = source;
  journals.settle(uf);
  const trusted = { url, trust: readTrust(source), heldEntry: () => journals.held(uf) };
  return openTrusted(trusted, config, identities, onReceipt);
}

/** The agent at an address, believed for a reason. */
export function openTrusted(
  { url, trust, heldEntry }: Pick<OpenSourceOptions, 'url' | 'trust' | 'heldEntry'>,
  config: CentralConfig,
  { identity, next }: CentralIdentities,
  onReceipt: OpenSourceOptions['onReceipt'],
): AgentSource {
  const { timeoutSeconds, scanTimeoutSeconds, maxResponseBytes: maxBytes } = config;
  const isNext = trust.centralKey !== null && next?.identity.key.thumbprint === trust.centralKey;
  return openSource({
    ...{ url, trust, identity: isNext ? next.identity : identity },
    ...{ timeoutSeconds, scanTimeoutSeconds, maxBytes, heldEntry, onReceipt },
  });
}

/** That it failed is told by the run, which asks the same agent next. */
async function renew(
  record: string,
  { source, config, identities, log, state }: AgentParts & { identities: CentralIdentities; log: Logger },
): Promise<void> {
  try {
    const open = () =>
      openEntry({ source, config, state }, identities, (view, receipt) =>
        state.journals.receive(null, source.uf, view, receipt),
      );
    await renewTrust({ record, open, next: identities.next, now: new Date() });
  } catch (error) {
    const { code } = asGuaritaError(error);
    log.info({ source: source.uf, code }, 'keys and grant not renewed');
  }
}
