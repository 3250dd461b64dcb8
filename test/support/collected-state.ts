import { join } from 'node:path';
import type { Test } from 'tap';
import { type EnrolmentOptions, enrolment, must } from './enrolled.ts';

/** A state that was collected twice, and whose agent had to refuse something in between. */
export async function collectedState(t: Test, options: EnrolmentOptions = {}) {
  const e = await enrolment(t, options);
  await e.enrol();
  must(await e.central(['collect']));
  must(await e.agent(['act', 'suspend']));
  t.equal((await e.central(['collect'])).code, 1);
  must(await e.agent(['act', 'resume']));
  must(await e.central(['collect']));
  const journal = join(e.folder, 'AL.journal');
  const exported = must(await e.agent(['journal', 'export', '--out', journal]));
  t.match(exported.output, 'receipts compare');
  return { e, journal };
}
