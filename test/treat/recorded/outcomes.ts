import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkingVersion } from '../../../central/treat/check/look-again.ts';
import { consolidationVersion } from '../../../central/treat/consolidate.ts';
import { searchVersion } from '../../../central/treat/index-names.ts';
import { firstModel } from '../../../central/treat/link/model/first-model.ts';
import { thresholds } from '../../../central/treat/link/model/thresholds.ts';
import { Linker } from '../../../central/treat/linking/linker.ts';
import { cleaningVersion } from '../../../central/treat/type/cleaning.ts';
import { cleaningOutcomes, type Outcome } from './cleaned.ts';
import { consolidationOutcomes } from './consolidated.ts';
import { indexingOutcomes } from './indexed.ts';
import { ruleOutcomes } from './judged.ts';
import { linkingOutcomes } from './linked.ts';

/** What something comes to in a version, by hashes of what it was shown and what came of that. */
interface Recorded {
  readonly version: string;
  readonly outcomes: Readonly<Record<string, RecordedOutcome>>;
}

interface RecordedOutcome {
  readonly shown: string;
  readonly comesTo: string;
  /** Of a rule, where it is not its first. */
  readonly version?: number;
}

export const recordedSteps = ['cleaning', 'checking', 'linking', 'consolidation', 'indexing'] as const;
export type Versions = Readonly<Record<(typeof recordedSteps)[number], Recorded>>;

export const recordedIn = join(import.meta.dirname, 'versions.json');

export const recorded = () => JSON.parse(readFileSync(recordedIn, 'utf8')) as Versions;

export async function present(): Promise<Versions> {
  // Of another first model, or other thresholds, it is another one by itself.
  const { version: linking } = new Linker(firstModel('pt-BR'), thresholds);
  return {
    cleaning: { version: cleaningVersion, outcomes: hashed(cleaningOutcomes()) },
    checking: { version: checkingVersion, outcomes: hashed(ruleOutcomes()) },
    linking: { version: linking.slice(0, 12), outcomes: hashed(await linkingOutcomes()) },
    consolidation: { version: consolidationVersion, outcomes: hashed(consolidationOutcomes()) },
    indexing: { version: searchVersion, outcomes: hashed(indexingOutcomes()) },
  };
}

function hashed(of: ReadonlyMap<string, Outcome>): Recorded['outcomes'] {
  const short = (value: unknown) => hash('sha256', JSON.stringify(value), 'hex').slice(0, 12);
  return Object.fromEntries(
    [...of].map(([name, { version, shown, comesTo }]) => [
      name,
      { ...(version === undefined ? {} : { version }), shown: short(shown), comesTo: short(comesTo) },
    ]),
  );
}

export interface Difference {
  /** They come to something else of the same: what was made in this version is not what this program would make. */
  readonly otherwise: string[];
  /** They are new, or are shown something else; nothing is known of what they come to. */
  readonly unrecorded: string[];
}

/** What differs from what was recorded for the same version. */
export function difference(now: Recorded, then: Recorded): Difference {
  const names = [...new Set([...Object.keys(now.outcomes), ...Object.keys(then.outcomes)])];
  const isKnown = (name: string) =>
    now.version === then.version &&
    now.outcomes[name] !== undefined &&
    now.outcomes[name].version === then.outcomes[name]?.version &&
    now.outcomes[name].shown === then.outcomes[name]?.shown;
  const known = names.filter(isKnown);
  return {
    otherwise: known.filter((name) => now.outcomes[name]?.comesTo !== then.outcomes[name]?.comesTo),
    unrecorded: names.filter((name) => !isKnown(name)),
  };
}
