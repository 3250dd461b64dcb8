import type { Test } from 'tap';
import type { TestBases } from '../support/bases.ts';
import { cancellation } from './base/cancellation.ts';
import { changes } from './base/changes.ts';
import { cursor } from './base/cursor.ts';
import { cuts } from './base/cuts.ts';
import { loadedPages } from './base/load-page.ts';
import { migrate } from './base/migrate.ts';
import { quarantine } from './base/quarantine.ts';
import { quarantinePage } from './base/quarantine-page.ts';
import { reconcile } from './base/reconcile.ts';
import { removedRows } from './base/removed-rows.ts';
import { rowHistory } from './base/row-history.ts';
import { shapes } from './base/shapes.ts';
import { snapshot } from './base/snapshot.ts';
import { sourceSchemas } from './base/source-schema.ts';
import { steps } from './base/steps.ts';
import { texts } from './base/texts.ts';
import { baseUses } from './base/uses.ts';
import { versions } from './base/versions.ts';
import { wideRows } from './base/wide-rows.ts';

/** How the base does what is asked of it, whatever is loaded. */
const mechanisms = { migrate, snapshot, cursor, cancellation, uses: baseUses, steps, texts };

/** What becomes of the rows of the sources. */
const loading = {
  ...{ 'source schema': sourceSchemas, 'load page': loadedPages, 'removed rows': removedRows },
  ...{ 'quarantine page': quarantinePage, quarantine, 'wide rows': wideRows, reconcile },
  ...{ versions, shapes, cuts, 'row history': rowHistory, changes },
};

type Parts = Readonly<Record<string, (t: Test, bases: TestBases) => Promise<void>>>;

/** Bases of a part's own. */
type MakeBases = (t: Test, part: string) => Promise<TestBases>;

async function prove(t: Test, parts: Parts, basesFor: MakeBases): Promise<void> {
  for (const [name, part] of Object.entries(parts)) {
    await t.test(name, async (t) => part(t, await basesFor(t, name.replace(' ', '_'))));
  }
}

/**
 * What every Base must do, in process or on a server: `base.ts` of `central/base` states it, the parts prove it. In two
 * halves, so that they run side by side.
 */
export const baseMechanismsContract = (t: Test, basesFor: MakeBases) => prove(t, mechanisms, basesFor);
export const baseLoadingContract = (t: Test, basesFor: MakeBases) => prove(t, loading, basesFor);
