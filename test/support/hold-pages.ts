import { deferred } from './deferred.ts';
import type { TestState } from './deployment.ts';

/** Holds the requests for pages from the given one on; resolves when `waiting` of them are held. */
export function hold({ proxy }: TestState, from: number, waiting = 1) {
  const held = deferred();
  const open = deferred();
  let requests = 0;
  proxy.beforeRequest = (request) => {
    if (!request.includes('/rows') || ++requests < from) return undefined;
    if (requests === from + waiting - 1) held.resolve();
    return open.promise;
  };
  return { held: held.promise, release: open.resolve };
}
