import {
  closeSync,
  ftruncateSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import Database from 'better-sqlite3';
import { noCounts } from '../../central/state/runs.ts';
import { centralStateFile, openCentralState } from '../../central/state/state.ts';

/** Central's state as it is after many runs; made-up receipts, so that there are pages enough to damage. */
export function fillState(folder: string, sources: readonly string[], runs: number): void {
  const state = openCentralState(folder);
  for (let index = 0; index < runs; index++) {
    for (const source of sources) {
      const run = state.runs.begin(source);
      const part = { view: 'custodiado', kind: 'collect', outcome: 'complete', problem: null } as const;
      state.runs.saveView(run, { ...part, ...noCounts, rows: index });
      const base = `"@status": 200 ${source} ${index} ${'x'.repeat(400)}`;
      const signature = Buffer.alloc(64, index);
      const receipt = { keyid: 'agent', publicKey: Buffer.alloc(32), signatureBase: base, signature };
      state.runs.saveReceipt(run, source, 'custodiado', receipt);
      state.runs.end(run, 'complete', null);
    }
  }
  for (const source of sources) {
    state.views.save(source, 'custodiado', {
      ...{ mode: 'watermark', rows: runs, quarantined: 1 },
      ...{ collected: '2026-01-02T03:00:00.000Z', reconciled: '2026-01-01T03:00:00.000Z' },
    });
    const doubt = {
      source,
      view: 'custodiado',
      code: 'view-shrank' as const,
      detail: 'made up',
      subject: '',
    };
    state.attentions.open(1, doubt);
    state.answers.decide(source, null, 'refused', { who: 'ana', reason: null });
  }
  state.close();
}

/** Every row of the tables that are salvaged, as text, by table. */
export function rowsOfState(file: string): Map<string, string[]> {
  const db = new Database(file, { readonly: true });
  const rows = ['run', 'run_view', 'receipt', 'view_state', 'attention', 'answer'].map(
    (table): [string, string[]] => [
      table,
      db
        .prepare(`SELECT * FROM ${table}`)
        .raw()
        .all()
        .map((row) => JSON.stringify(row)),
    ],
  );
  db.close();
  return new Map(rows);
}

export function pagesOf(file: string): number {
  return statSync(file).size / 4096;
}

/** Ways in which a file is damaged in the field. */
export const damages = {
  /** A page is overwritten, as by a bad block. */
  page(file: string, page: number): void {
    const descriptor = openSync(file, 'r+');
    writeSync(descriptor, Buffer.alloc(4096, 0xa5), 0, 4096, page * 4096);
    closeSync(descriptor);
  },
  /** Its end is missing, as after a full disk or a copy that was cut. */
  truncate(file: string, share = 0.5): void {
    const descriptor = openSync(file, 'r+');
    ftruncateSync(descriptor, Math.floor(statSync(file).size * share));
    closeSync(descriptor);
  },
  /** Nothing is left of it but its name. */
  empty(file: string): void {
    writeFileSync(file, '');
  },
  /** It is something else. */
  foreign(file: string): void {
    writeFileSync(file, readFileSync(import.meta.filename));
  },
  remove(file: string): void {
    rmSync(file);
  },
} as const;

export function stateFileOf(folder: string): string {
  return centralStateFile(folder);
}
