import type { Test } from 'tap';
import { prepareView } from '../../../central/base/source-layer/source-schema.ts';
import { RemovalJudge } from '../../../central/collect/view/removal-judge.ts';
import type { ViewTurn } from '../../../central/collect/view/view-turn.ts';
import { ArraySource, people, peopleColumns, viewOf } from '../../support/array-source.ts';
import { query, type TestBases } from '../../support/bases.ts';
import { TappedBase } from '../../support/tapped-base.ts';

let sources = 0;

/** A view of 35 people in pages of 10, its table in the base, and everything that collecting it reports. */
export async function viewScene(bases: TestBases) {
  const name = `V${sources++}`;
  const view = viewOf('custodiado', peopleColumns);
  const source = new ArraySource({ description: view, rows: people(1, 35) });
  const base = new TappedBase(bases.shared);
  const target = await prepareView(base, name, view, () => true);
  const log: string[] = [];
  const checkpoints: { cursor: string; loads: number }[] = [];
  const pauses: number[] = [];
  const troubles: string[] = [];
  const stopping = new AbortController();
  const turn: ViewTurn = {
    source,
    base,
    target,
    cursor: null,
    complete: false,
    run: 1,
    judge: new RemovalJudge(0, { share: 0, rows: 1000 }),
    maxRowBytes: 1024 * 1024,
    checkpoint: (cursor, loads) => {
      log.push(`checkpoint ${loads}`);
      checkpoints.push({ cursor, loads });
    },
    onProgress: () => undefined,
    onTrouble: (error) => void troubles.push(error.code),
    onFailure: () => undefined,
    onGap: () => undefined,
    onCut: () => undefined,
    stop: stopping.signal,
    pause: async (milliseconds) => void pauses.push(milliseconds),
  };
  const stored = () =>
    query<{ id: string; nome: string }>(
      base,
      `SELECT id, nome, atualizado_em FROM ${target.table} ORDER BY id`,
    );
  const changes = async () => {
    const [row] = await query<{ n: string }>(base, 'SELECT last_value::text AS n FROM guarita.change');
    return Number(row?.n);
  };
  return {
    name,
    source,
    base,
    target,
    log,
    checkpoints,
    pauses,
    troubles,
    stopping,
    turn,
    stored,
    changes,
  };
}

export type ViewScene = Awaited<ReturnType<typeof viewScene>>;

export async function sameRows(t: Test, { stored, source }: ViewScene): Promise<void> {
  const rows = (await stored()).map((row) => Object.values(row));
  t.strictSame(rows, source.views[0]?.rows, 'the base equals the source, row by row');
}
