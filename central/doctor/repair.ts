import { existsSync, renameSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { GuaritaError } from '../../shared/errors.ts';
import { mendStateFile, readDamagedStateFile } from '../../shared/state-file.ts';
import type { Base } from '../base/base.ts';
import { readViewCopies, type ViewCopy } from '../base/source-layer/view-copies.ts';
import { type CentralState, centralStateFile, openCentralState } from '../state/state.ts';
import type { Owed } from '../state/view-states.ts';
import { compareCheckpoints, owedFor } from './compare-checkpoints.ts';
import { examineState } from './examine-state.ts';
import { type SalvagedTable, salvage } from './salvage.ts';

/** What was mended; all of it empty when nothing had to be. */
export interface Repair {
  /** Where the damaged file lies now. */
  readonly movedTo: string | null;
  /** Whether a new file was made. */
  readonly made: boolean;
  readonly salvaged: readonly SalvagedTable[];
  /** Views whose checkpoint was taken from the base; each owes a reconciliation. */
  readonly restored: readonly { readonly source: string; readonly view: string }[];
  /** Views that the base has pages of and no cursor for: the next run reads them from their start. */
  readonly readAnew: readonly { readonly source: string; readonly view: string }[];
}

/** The files that are one SQLite database; the first holds what is durable, and goes first when they are moved. */
const suffixes = ['', '-wal', '-shm'] as const;

/** No run: what `doctor` writes down was done by none. */
const noRun = 0;

/**
 * Makes central's state whole again, for whoever holds the folder: a damaged or lost file is made anew with what can
 * be read of the old one, which is moved aside, never deleted; checkpoints that are lost, or stand for pages that this
 * base does not hold, are taken from the base's own copies. Cut short at any point, it can be run again; run again
 * when all is well, it changes nothing.
 * Throws `state-newer`, `state-unwritable` and the errors of Base.
 */
export async function repairState(folder: string, base: Base, baseId: string, now: Date): Promise<Repair> {
  const found = examineState(folder);
  if (found.kind === 'newer') throw new GuaritaError('state-newer', `Version ${found.version}.`);
  if (found.kind === 'unreadable') throw new GuaritaError('state-unwritable', found.detail);
  // The base first: without it nothing is touched.
  const copies = await readViewCopies(base);
  if (found.kind === 'absent' || found.kind === 'damaged') {
    return rebuild(folder, copies, baseId, now, found.kind === 'damaged');
  }
  // An older one is brought up to date by opening it.
  if (found.kind === 'older') openCentralState(folder).close();
  return mend(folder, copies, baseId);
}

/**
 * The new file is made in a folder of its own and moved into place when it is complete. Of what a crash can leave
 * between the two moves, the old file aside and none in its place, the next repair makes a new one.
 */
function rebuild(
  folder: string,
  copies: readonly ViewCopy[],
  baseId: string,
  now: Date,
  wasThere: boolean,
): Repair {
  const file = centralStateFile(folder);
  const stamp = now.toISOString().replaceAll(/[:.]/g, '-');
  const workshop = join(folder, `repair-${stamp}`);
  openCentralState(workshop).close();
  const made = centralStateFile(workshop);
  const salvaged = wasThere ? salvageFile(file, made) : [];
  const state = openCentralState(workshop);
  const loaded = copies.filter((copy) => copy.loads > 0);
  try {
    for (const copy of loaded) restore(state, copy, baseId, 'checkpoint-lost');
  } finally {
    state.close();
  }
  const aside = `${file}.damaged-${stamp}`;
  // Also those of a file that is gone: SQLite would take a log that was left behind for one of the new file.
  for (const suffix of suffixes) {
    if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
  }
  renameSync(made, file);
  rmdirSync(workshop);
  const nameOf = ({ source, view }: ViewCopy) => ({ source, view });
  return {
    movedTo: wasThere ? aside : null,
    made: true,
    salvaged,
    restored: loaded.filter(({ cursor }) => cursor !== null).map(nameOf),
    readAnew: loaded.filter(({ cursor }) => cursor === null).map(nameOf),
  };
}

function salvageFile(damaged: string, made: string): SalvagedTable[] {
  const from = readDamagedStateFile(damaged);
  const to = mendStateFile(made);
  try {
    return salvage(from, to);
  } finally {
    from.close();
    to.close();
  }
}

/** A sound file: only the checkpoints that the next run would not go on from. Without any, nothing is written. */
function mend(folder: string, copies: readonly ViewCopy[], baseId: string): Repair {
  const found = examineState(folder);
  const checkpoints = found.kind === 'sound' ? found.checkpoints : [];
  const wanting = compareCheckpoints(checkpoints, copies, baseId).flatMap(({ standing, copy }) =>
    standing === 'sound' || copy === null || copy.cursor === null ? [] : [{ copy, owed: owedFor[standing] }],
  );
  const restored = wanting.map(({ copy: { source, view } }) => ({ source, view }));
  const repair = { movedTo: null, made: false, salvaged: [], restored, readAnew: [] };
  if (wanting.length === 0) return repair;
  const state = openCentralState(folder);
  try {
    for (const { copy, owed } of wanting) restore(state, copy, baseId, owed);
  } finally {
    state.close();
  }
  return repair;
}

/** What is owed goes first: a checkpoint without it would look as if nothing had happened. */
function restore(state: CentralState, copy: ViewCopy, baseId: string, owed: Owed): void {
  const { source, view, cursor, loads, complete } = copy;
  state.views.save(source, view, { owed });
  if (cursor !== null) state.checkpoints.save(noRun, source, view, { base: baseId, cursor, loads, complete });
}
