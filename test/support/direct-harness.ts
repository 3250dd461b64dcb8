import type { Test } from 'tap';
import { openDirectHome } from '../../central/direct/home.ts';
import { openDatabase } from '../../central/sources/database.ts';
import { createLogger } from '../../shared/log.ts';
import type { Engine } from '../../shared/sources/engine.ts';
import { testFolder } from './bases.ts';
import type { SourceHarness, SourceSettings } from './source-harness.ts';

/** The same database, read by central itself: guarded by an agreement of its own, observed in a journal of its own. */
export async function directHarness<
  H extends SourceHarness & { openEngine(settings: SourceSettings): Engine },
>(t: Test, harness: H): Promise<H> {
  const home = await openDirectHome({ state: testFolder(t) }, 'AL');
  t.teardown(() => home.close());
  const day = 86_400_000;
  home.agreements.begin({
    ...{ number: '1', views: [], extensions: [], declared: 'active', reason: null },
    begin: new Date(Date.now() - day).toISOString(),
    end: new Date(Date.now() + day).toISOString(),
  });
  return {
    ...harness,
    open: (t: Test, settings: SourceSettings) => {
      // One more: what becomes of a view that the agreement does not name is tried in test/direct.
      const views = [...settings.views.map(({ name }) => name), 'nowhere'];
      const source = openDatabase({
        open: () => Promise.resolve(harness.openEngine(settings)),
        withheld: [],
        allowWritable: false,
        agreements: { require: () => ({ ...home.agreements.require(), views }) },
        journal: home.journal,
        log: createLogger('silent', 'test'),
        requireSession: () => undefined,
      });
      t.teardown(() => source.close());
      return Promise.resolve(source);
    },
  };
}
