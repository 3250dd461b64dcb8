import type { Base } from '../../../central/base/base.ts';
import { ensureChangeIndex } from '../../../central/base/source-layer/change-index.ts';
import type { Rule } from '../../../central/treat/rules/rule.ts';
import { type TreatedSource, treat } from '../../../central/treat/treat.ts';
import { thisCleaning } from '../../../central/treat/type/cleaning.ts';
import { query } from '../../support/bases.ts';
import { Loader } from '../../support/loader.ts';
import { emptyNational } from '../settled.ts';
import { BesideBase } from './beside.ts';
import { cleanings } from './cleanings.ts';
import type { Event, RowName, Treated, Write } from './events.ts';
import { columnsOf, firstPicks, ids, sourceNames, sources, valueAt } from './values.ts';

/** The views of a base, made once and emptied for each state. */
const loadersOf = new WeakMap<Base, Loaders>();
/** By source and view. */
type Loaders = ReadonlyMap<string, Loader>;

/** Two small states, whose base is treated as events come. */
export class SmallState {
  readonly #base: Base;
  readonly #rules: readonly Rule[];
  readonly #loaders: Loaders;
  /** By source, view and id, what each column holds. */
  readonly #picks = new Map<string, number[]>();
  #asked = { without: '', version: 1 };
  #cleaning = 0;
  #day = Date.UTC(2026, 10, 29);

  private constructor(base: Base, rules: readonly Rule[], loaders: Loaders) {
    this.#base = base;
    this.#rules = rules;
    this.#loaders = loaders;
  }

  /** On a base of which nothing is left: three rows of each view. */
  static async on(base: Base, rules: readonly Rule[]): Promise<SmallState> {
    const loaders = loadersOf.get(base) ?? (await viewsOn(base));
    loadersOf.set(base, loaders);
    await empty(base);
    const state = new SmallState(base, rules, loaders);
    for (const { source, view } of allViews) {
      const rows = ids.map((id) => ({ source, view, id }));
      for (const [at, row] of rows.entries()) {
        state.#picks.set(nameOf(row), firstPicks(view, at));
      }
      await loaders.get(`${source} ${view}`)?.load(rows.map((row) => state.#row(row)));
    }
    // They were something else before, and one of them changed before what comes first in the order of changes did.
    const regime = columnsOf('custodia').indexOf('regime');
    const earlier = ['3', '1', '2', '3'];
    for (const [at, id] of earlier.entries()) {
      await state.#write({
        kind: 'write',
        of: { source: 'AL', view: 'custodia', id },
        picks: [[regime, (at + 1) % earlier.length]],
      });
    }
    return state;
  }

  /** What another one has left on a base, only to be treated. */
  static again(base: Base, rules: readonly Rule[]): SmallState {
    return new SmallState(base, rules, new Map());
  }

  async happens(event: Event): Promise<void> {
    switch (event.kind) {
      case 'write':
      case 'remove':
        return this.#write(event);
      case 'assign':
        await query(
          this.#base,
          `INSERT INTO decidido.de_para (id, fonte, campo, valor, codigo, quem, por_meio, quando)
           VALUES (gen_random_uuid(), $1, 'custodia.regime', 'SEMIAB', $2, 'maria', 'command', now())`,
          [event.source, event.code],
        );
        return;
      case 'day':
        this.#day += event.days * 86_400_000;
        return;
      case 'rules':
        this.#asked = event;
        return;
      case 'cleaning':
        this.#cleaning = event.which;
        return;
      case 'treat':
        await this.treat(event);
    }
  }

  /** Throws where a view or the source came to a problem. @param on another way into the base */
  async treat(
    { sources = sourceNames, steps = null, full = false, first, beside = null }: Partial<Treated> = {},
    on: Base = this.#base,
  ): Promise<void> {
    const cut = new AbortController();
    let done = 0;
    const { without, version } = this.#asked;
    const rules = this.#rules.filter(({ code }) => code !== without).map((rule) => inVersion(rule, version));
    const today = new Date(this.#day).toISOString().slice(0, 10);
    const onProgress = () => {
      if (steps !== null && ++done > steps) cut.abort(new Error('cut'));
    };
    const base = new BesideBase(on, async (transaction) => {
      if (beside?.before !== transaction) return;
      for (const write of beside.writes) await this.#write(write);
    });
    try {
      const cleaning = cleanings[this.#cleaning] ?? thisCleaning;
      const options = { sources, rules, cleaning, today, full, signal: cut.signal, onProgress };
      requireNoProblem(await treat(base, { ...options, ...(first === undefined ? {} : { first }) }));
    } catch (error) {
      if (error !== cut.signal.reason) throw error;
    }
  }

  async #write(write: Write): Promise<void> {
    const { source, view, id } = write.of;
    const loader = this.#loaders.get(`${source} ${view}`);
    if (write.kind === 'remove') {
      await loader?.lookup([], [[id, ...columnsOf(view).map(() => null)]]);
      return;
    }
    const picks = this.#picks.get(nameOf(write.of)) ?? [];
    for (const [column, pick] of write.picks) picks[column % columnsOf(view).length] = pick;
    await loader?.load([this.#row(write.of)]);
  }

  #row(row: RowName): (string | null)[] {
    const { view, id } = row;
    const picks = this.#picks.get(nameOf(row)) ?? [];
    return [id, ...columnsOf(view).map((column, at) => valueAt(view, column, picks[at] ?? 0))];
  }
}

/** A rule of visits that names suspects finds less of them in another version. */
function inVersion(rule: Rule, version: number): Rule {
  if (version === 1 || rule.scope !== 'visit' || rule.suspects === undefined) return rule;
  const broken: typeof rule.broken = (visit, ...beside) =>
    visit.instante?.endsWith('10:00:00') === true && rule.broken(visit, ...beside);
  return { ...rule, version, broken };
}

const allViews = sourceNames.flatMap((source) => sources[source].map((view) => ({ source, view })));
const nameOf = ({ source, view, id }: RowName) => `${source} ${view} ${id}`;

export function requireNoProblem(results: readonly TreatedSource[]): void {
  for (const { problem, typed } of results) {
    const failed = typed.filter(({ outcome }) => outcome !== 'typed');
    if (problem !== null || failed.length > 0) throw new Error(`${problem} ${JSON.stringify(failed)}`);
  }
}

async function viewsOn(base: Base): Promise<Loaders> {
  const loaders = new Map<string, Loader>();
  for (const { source, view } of allViews) {
    const loader = await Loader.on(base, source, ['id', ...columnsOf(view)], { name: view, key: ['id'] });
    await ensureChangeIndex(base, loader.target);
    loaders.set(`${source} ${view}`, loader);
  }
  return loaders;
}

/** Emptied row by row: a table that is made anew costs a hundred times as much. */
async function empty(base: Base): Promise<void> {
  const tables = allViews.flatMap(({ source, view }) => {
    const schema = `fonte_${source.toLowerCase()}`;
    return [`${schema}.${view}`, `${schema}_versao.${view}`];
  });
  await base.transaction(async (tx) => {
    await tx.execute([...tables, 'guarita.pagina'].map((table) => `DELETE FROM ${table}`).join('; '));
    await tx.execute('UPDATE guarita.view SET rows = 0');
    // A new base would have no assignments either.
    await tx.execute(
      'ALTER TABLE decidido.de_para DISABLE TRIGGER somente_acrescenta; DELETE FROM decidido.de_para; ALTER TABLE decidido.de_para ENABLE ALWAYS TRIGGER somente_acrescenta',
    );
  });
  await emptyNational(base);
}
