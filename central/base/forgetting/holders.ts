import { auditTerms } from './audit-terms.ts';
import type { Holder } from './holder.ts';
import { nationalTraces } from './national-traces.ts';
import { quarantinedRows } from './quarantined-rows.ts';
import { sourceRows } from './source-rows.ts';
import { sourceVersions } from './source-versions.ts';

/**
 * All that holds people, in the order in which it lets go of them: what is derived after what it is made of. Whatever
 * comes to hold people (pairs, mirrors, photos, exports) has its place here, and is asked for no more than that.
 */
export const holders: readonly Holder[] = [
  sourceRows,
  sourceVersions,
  quarantinedRows,
  nationalTraces,
  // Last: whoever looked meanwhile is in it, too.
  auditTerms,
];
