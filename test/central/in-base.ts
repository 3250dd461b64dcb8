import type { Test } from 'tap';
import type { TestBases } from '../support/bases.ts';
import { appendOnly } from './answers/append-only.ts';
import { atRandom } from './answers/at-random.ts';
import { carriedOut } from './answers/carried-out.ts';
import { cutShort } from './answers/cut-short.ts';
import { recorded } from './answers/recorded.ts';
import { agesOfThePicture } from './published/ages.ts';
import { bounded } from './published/bounded.ts';
import { incremental } from './published/incremental.ts';
import { showsJobs } from './published/jobs.ts';
import { asTheStatus } from './published/status.ts';

const published = {
  ...{ jobs: showsJobs, 'as the status tells it': asTheStatus, 'of when it is': agesOfThePicture },
  ...{ bounded, 'incremental equals full': incremental },
};

const answers = {
  ...{ 'only ever added to': appendOnly, 'carried out': carriedOut, 'cut short': cutShort },
  ...{ 'at random': atRandom, recorded },
};

/**
 * What the base shows of central's own file, and the answers of people, there and in that file.
 * @param basesFor bases of a half's own
 */
export async function inBase(
  t: Test,
  basesFor: (t: Test, half: string) => Promise<TestBases>,
): Promise<void> {
  for (const [half, parts] of Object.entries({ published, answers })) {
    await t.test(half, async (t) => {
      const bases = await basesFor(t, half);
      for (const [name, part] of Object.entries(parts)) await t.test(name, (t) => part(t, bases));
    });
  }
}
