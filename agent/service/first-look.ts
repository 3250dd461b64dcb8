import { GuaritaError } from '../../shared/errors.ts';
import type { SourceDescription, ViewSource } from '../../shared/sources/view-source.ts';

/**
 * What a source has, as far as it says so soon. Throws `source-timeout` for one that lets its callers wait: that is no
 * reason to wait with it, since systemd takes a start that lasts half a minute for one that has failed.
 */
export async function firstLook(
  source: Pick<ViewSource, 'describe'>,
  seconds = 15,
): Promise<SourceDescription> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new GuaritaError('source-timeout')), seconds * 1000);
  const described = source.describe();
  try {
    return await Promise.race([described, late.promise]);
  } finally {
    clearTimeout(timer);
    // What it says later is of no interest to the start.
    described.catch(() => undefined);
  }
}
