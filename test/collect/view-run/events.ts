import type { RunEvent, RunState, Trouble } from '../../../central/collect/view/view-run.ts';
import type { PageInfo } from '../../../shared/sources/view-source.ts';

export type State = RunState<PageInfo>;
export type Event = RunEvent<PageInfo>;

export const later: Trouble = { code: 'source-timeout', retry: 'later', retryAfterSeconds: undefined };
export const restart: Trouble = { code: 'schema-changed', retry: 'restart', retryAfterSeconds: undefined };
export const no: Trouble = { code: 'view-missing', retry: 'no', retryAfterSeconds: undefined };

export const bound = 'bound of the cycle';

/** The page that ends at cursor `cN`; pages of one view are c1, c2, … */
export function page(number: number, complete = false): PageInfo {
  return { rows: 10, next: `c${number}`, until: bound, complete, fingerprint: 'f', epoch: 'e' };
}

export const begin: Event = { name: 'begin' };
export const loaded: Event = { name: 'loaded' };
export const waited: Event = { name: 'waited' };
export const stop: Event = { name: 'stop' };

export const fetched = (number: number, complete = false): Event => ({
  name: 'fetched',
  page: page(number, complete),
});
export const fetchFailed = (trouble: Trouble): Event => ({ name: 'fetch-failed', trouble });
export const loadFailed = (trouble: Trouble): Event => ({ name: 'load-failed', trouble });
