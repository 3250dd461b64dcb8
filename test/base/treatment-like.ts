import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import type { Base } from '../../central/base/base.ts';
import { prepareView, type ViewTarget } from '../../central/base/source-layer/source-schema.ts';
import { inSteps, type Step, type StepsOptions, type StepsProgress } from '../../central/base/steps.ts';
import { viewOf } from '../support/array-source.ts';
import { query } from '../support/bases.ts';
import { believeAll } from '../support/loader.ts';

/** What a row of a source becomes; an expression on a row `s` of the source's table. */
const cleaned = `upper(regexp_replace(normalize(s.nome, NFC), '\\s+', ' ', 'g'))`;

/** A job like treatment: follows a source's table by its change numbers, and writes a derived row for each row. */
export class TreatmentLike {
  /** Steps begun so far. */
  begun = 0;
  readonly #base: Base;
  readonly target: ViewTarget;

  private constructor(base: Base, target: ViewTarget) {
    this.#base = base;
    this.target = target;
  }

  /** A source's table with so many rows, and nothing derived from it yet. */
  static async of(base: Base, rows: number): Promise<TreatmentLike> {
    const columns = ['id', 'nome', 'mae', 'alterado_em'];
    const target = await prepareView(base, 'AL', viewOf('custodiado', columns), believeAll);
    // The source layer's index tells where a change number lies, not which is next.
    await query(base, `CREATE INDEX ON ${target.table} (_change)`);
    await query(base, 'CREATE TABLE registro (id text PRIMARY KEY, nome text NOT NULL)');
    await query(base, 'CREATE TABLE marca (reached bigint NOT NULL)');
    await query(base, 'INSERT INTO marca VALUES (0)');
    for (let from = 1; from <= rows; from += 10_000) {
      await query(
        base,
        `INSERT INTO ${target.table}
           (_digest, _change, _first_seen, _last_changed, id, nome, mae, alterado_em)
         SELECT n, nextval('guarita.change'), now(), now(), n::text, 'José  de  Souza ' || n, 'Maria ' || n, 'x'
           FROM generate_series($1::int, $2::int) n`,
        [from, Math.min(from + 9999, rows)],
      );
    }
    return new TreatmentLike(base, target);
  }

  run(options: StepsOptions = {}): Promise<StepsProgress> {
    const { table } = this.target;
    const step: Step = async (tx, most) => {
      this.begun++;
      const [{ reached, rows } = { reached: null, rows: 0 }] = await tx.query<{
        reached: string | null;
        rows: number;
      }>(
        `SELECT max(_change)::text AS reached, count(*)::int AS rows FROM (
           SELECT _change FROM ${table} WHERE _change > (SELECT reached FROM marca) ORDER BY _change LIMIT $1) next`,
        [most],
      );
      if (rows === 0) return 0;
      await tx.query(
        `INSERT INTO registro SELECT s.id, ${cleaned} FROM ${table} s
          WHERE s._change > (SELECT reached FROM marca) AND s._change <= $1
         ON CONFLICT (id) DO UPDATE SET nome = excluded.nome`,
        [reached],
      );
      await tx.query('UPDATE marca SET reached = $1', [reached]);
      return rows;
    };
    return inSteps(this.#base, step, options);
  }

  /** From the start again, as a new version of it would; what is written already is written over. */
  async again(options: StepsOptions = {}): Promise<StepsProgress> {
    await query(this.#base, 'UPDATE marca SET reached = 0');
    return this.run(options);
  }

  /** Rows of the source that have no derived row, or a wrong one, or the reverse. */
  async wrong(): Promise<number> {
    const [row] = await query<{ wrong: number }>(
      this.#base,
      `SELECT count(*)::int AS wrong FROM ${this.target.table} s FULL JOIN registro r USING (id)
        WHERE r.nome IS DISTINCT FROM ${cleaned}`,
    );
    return row?.wrong ?? -1;
  }
}

/** Asks one short question after the other, each as it would come from outside, for as long as it shall. */
export async function askBeside(
  base: Base,
  treatment: TreatmentLike,
  goesOn: () => boolean,
  /** For each question, how many steps of the job began while it waited. */
  answered: (steps: number) => void,
): Promise<void> {
  while (goesOn()) {
    await turnOfTheLoop();
    const before = treatment.begun;
    const ask = `SELECT nome FROM registro WHERE id = $1`;
    await base.snapshot((questions) => questions.query(ask, ['1']), { use: 'pages' });
    answered(treatment.begun - before);
  }
}
