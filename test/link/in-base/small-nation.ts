import assert from 'node:assert/strict';
import type { Base } from '../../../central/base/base.ts';
import { allDecisions } from '../../../central/base/decided-layer/link-decisions.ts';
import { appendLinks, decideAlone } from '../../../central/base/decided-layer/write-links.ts';
import { natalId } from '../../../central/base/national-layer/natal-id.ts';
import { enqueueKeys } from '../../../central/base/national-layer/queue.ts';
import { removeLinks } from '../../../central/base/national-layer/remove-links.ts';
import type { Decision } from '../../../central/treat/link/cluster/decisions.ts';
import { link } from '../../../central/treat/link/link.ts';
import type { Model } from '../../../central/treat/link/model/model.ts';
import type { Register } from '../../../central/treat/link/registers/register.ts';
import { type LinkingPart, linkBase } from '../../../central/treat/linking/link-base.ts';
import { Linker } from '../../../central/treat/linking/linker.ts';
import { query } from '../../support/bases.ts';
import { BesideBase } from '../../treat/small-state/beside.ts';
import { columnsOf, model, pairsById, thresholds } from '../linking/small.ts';

/** How it is linked. */
export interface LinkRun {
  /** After so many of them it is cut. */
  readonly steps: number | null;
  /** Registers of the first step of each part. */
  readonly first: number;
  /** Of any. */
  readonly largest: number;
  /** Sources of which all are compared again. */
  readonly anew: readonly string[];
  /** What a register comes to say before a transaction of it; and whether it says afterwards what it said. */
  readonly beside: { readonly before: number; readonly register: Register; readonly isBack: boolean } | null;
}

/** Registers of a nation in a base, as typing would have written them, and what is decided of them. */
export class SmallNation {
  readonly #base: Base;
  /** Tells its registers from those of others, whose decisions are still there. */
  readonly #source: string;
  readonly #registers = new Map<string, Register>();
  readonly #forgotten = new Set<string>();
  #model: Model = model;

  private constructor(base: Base, source: string) {
    this.#base = base;
    this.#source = source;
  }

  /** On a base in which nobody is. */
  static async on(base: Base, source: string): Promise<SmallNation> {
    await empty(base);
    return new SmallNation(base, source);
  }

  async write(register: Register): Promise<void> {
    // A kind is part of the key.
    const known = this.#registers.get(register.id);
    const now = { ...register, kind: known?.kind ?? register.kind };
    this.#registers.set(register.id, now);
    this.#forgotten.delete(this.#natal(now));
    await this.#base.transaction(async (tx) => {
      await tx.query(
        `INSERT INTO nacional.registro AS r (fonte, papel, id, nome, nome_mae, data_nascimento, cpf, rg, rg_uf,
           naturalidade_ibge, natal_id, pessoa_id, primeira_vez, desde_mudanca, desde)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $12, 1, now())
         ON CONFLICT (fonte, papel, id) DO UPDATE SET nome = excluded.nome, nome_mae = excluded.nome_mae,
           data_nascimento = excluded.data_nascimento, cpf = excluded.cpf, rg = excluded.rg, rg_uf = excluded.rg_uf,
           naturalidade_ibge = excluded.naturalidade_ibge`,
        [
          ...[this.#source, now.kind, now.id, now.name, now.mother, now.birth, now.cpf, now.rg, now.rgUf],
          ...[now.birthplace, this.#natal(now), firstSeen(now.id)],
        ],
      );
      await enqueueKeys(tx, 'registro', this.#source, [this.#natal(now)]);
    });
  }

  async remove(id: string): Promise<void> {
    const register = this.#registers.get(id);
    if (register === undefined) return;
    this.#registers.delete(id);
    await this.#base.transaction(async (tx) => {
      await tx.query('DELETE FROM nacional.registro WHERE natal_id = $1', [this.#natal(register)]);
      await enqueueKeys(tx, 'registro', this.#source, [this.#natal(register)]);
    });
  }

  /** As `removeTyped` does, for good: nothing is left of them, in the midst of linkage as well. */
  async forget(which: number): Promise<void> {
    const register = [...this.#registers.values()].at(which % Math.max(1, this.#registers.size));
    if (register === undefined) return;
    this.#registers.delete(register.id);
    const natal = this.#natal(register);
    await this.#base.transaction(async (tx) => {
      await enqueueKeys(tx, 'registro', this.#source, [natal]);
      await removeLinks(tx, `natal_id = '${natal}'`, true);
      await tx.query('DELETE FROM nacional.registro WHERE natal_id = $1', [natal]);
    });
    this.#forgotten.add(natal);
  }

  async decide({ a, b, says }: Omit<Decision, 'id'>): Promise<void> {
    const both = [a, b].flatMap((id) => this.#registers.get(id) ?? []).map((each) => this.#natal(each));
    if (both.length < 2 || a === b) return;
    await this.#base.transaction(async (tx) => {
      const [a = '', b = ''] = both.toSorted();
      await decideAlone(tx);
      await appendLinks(tx, [{ ...author, a, b, says }]);
    });
  }

  /** The first decision that stands. */
  async revoke(): Promise<void> {
    const [first] = await this.#decisions();
    if (first === undefined) return;
    await this.#base.transaction(async (tx) => {
      await decideAlone(tx);
      await appendLinks(tx, [{ ...author, revokes: first.id }]);
    });
  }

  adopt(model: Model): void {
    this.#model = model;
  }

  /** Returns the steps of each part. */
  async link({
    steps = null,
    first,
    largest,
    anew = [],
    beside = null,
  }: Partial<LinkRun> = {}): Promise<Readonly<Record<LinkingPart, number>>> {
    const taken = { registro: 0, par: 0, grupo: 0 };
    const before = beside === null ? undefined : this.#registers.get(beside.register.id);
    const base = new BesideBase(this.#base, async (transaction) => {
      if (beside?.before === transaction) await this.write(beside.register);
    });
    const cut = new AbortController();
    let done = 0;
    const onStep = () => {
      if (steps !== null && ++done > steps) cut.abort(new Error('cut'));
    };
    try {
      await linkBase(base, new Linker(this.#model, thresholds), {
        signal: cut.signal,
        anew,
        steps: (part) => ({
          signal: cut.signal,
          onStep: () => {
            taken[part]++;
            onStep();
          },
          ...(first === undefined ? {} : { first }),
          ...(largest === undefined ? {} : { largest }),
        }),
      });
    } catch (error) {
      if (error !== cut.signal.reason) throw error;
    }
    // As it was, before anybody came to it.
    if (beside?.isBack === true && before !== undefined) await this.write(before);
    return taken;
  }

  /** What the base came to is what the engine makes of all registers at once. */
  async requireLinked(): Promise<void> {
    await this.link();
    const registers = [...this.#registers.values()].map((each) => ({ ...each, id: this.#natal(each) }));
    const decisions = await this.#decisions();
    const columns = columnsOf(registers);
    const whole = await link(columns, { model: this.#model, thresholds, decisions });
    const earliest = [...this.#registers.values()].toSorted((x, y) => (order(x) < order(y) ? -1 : 1));
    const placeOf = new Map(columns.ids.map((id, place) => [id, place]));
    const names = new Map<number, string>();
    for (const register of earliest) {
      const person = whole.personOf[placeOf.get(this.#natal(register)) ?? -1] ?? -1;
      if (!names.has(person)) names.set(person, this.#natal(register));
    }
    const persons = columns.ids.map((id, place) => [id, names.get(whole.personOf[place] ?? -1)]);
    assert.deepEqual(
      new Map(await this.#asPairs('registro', 'natal_id', 'pessoa_id')),
      new Map(persons as never),
    );
    const pairs = await query<{ pair: string }>(
      this.#base,
      `SELECT concat_ws(' ', a, b, peso, veto) AS pair FROM nacional.par ORDER BY 1`,
    );
    assert.deepEqual(pairs.map(({ pair }) => pair).sort(), pairsById(columns.ids, whole.pairs));
    const common = await query<{ key: string }>(
      this.#base,
      `SELECT regra - 1 || ' ' || chave AS key FROM nacional.chave_comum`,
    );
    const capped = whole.capped.map(({ rule, key }) => `${rule} ${key | 0}`);
    assert.deepEqual(common.map(({ key }) => key).sort(), capped.sort());
    const large = await query<{ all: string[] }>(
      this.#base,
      `SELECT array_agg(registro::text ORDER BY registro) AS all FROM nacional.grupo_grande
        GROUP BY primeiro ORDER BY primeiro`,
    );
    assert.deepEqual(
      large.map(({ all }) => all),
      whole.tooLarge,
    );
    await this.#requireForgotten();
  }

  async #requireForgotten(): Promise<void> {
    const found = await query(
      this.#base,
      `SELECT 'chave' FROM nacional.chave WHERE registro = ANY ($1::uuid[])
       UNION ALL SELECT 'evento' FROM nacional.evento_pessoa
        WHERE registro = ANY ($1::uuid[]) OR de = ANY ($1::uuid[]) OR para = ANY ($1::uuid[])`,
      [[...this.#forgotten]],
    );
    assert.deepEqual(found, []);
  }

  async #asPairs(table: string, one: string, other: string): Promise<[string, string][]> {
    const rows = await query<{ one: string; other: string }>(
      this.#base,
      `SELECT ${one}::text AS one, ${other}::text AS other FROM nacional.${table}`,
    );
    return rows.map(({ one, other }) => [one, other]);
  }

  async #decisions(): Promise<Decision[]> {
    const mine = new Set([...this.#registers.values()].map((each) => this.#natal(each)));
    const all = await this.#base.snapshot((questions) => allDecisions(questions));
    return all.flatMap(({ number, a, b, says }) =>
      says !== 'unsure' && mine.has(a) && mine.has(b) ? [{ id: number, a, b, says }] : [],
    );
  }

  #natal({ kind, id }: Pick<Register, 'kind' | 'id'>): string {
    return natalId(this.#source, kind, id);
  }
}

/** Not in the order of ids. */
const firstSeen = (id: string) => `2026-01-${10 + ((Number(id.slice(1)) * 5) % 7)}`;
const order = ({ kind, id }: Register) => `${firstSeen(id)} ${kind} ${id}`;

const author = { who: 'maria', through: 'test', reason: 'test' };

const tables = [
  'registro',
  'marca',
  'fila',
  'varredura',
  'chave',
  'chave_comum',
  'par',
  'grupo_grande',
  'evento_pessoa',
];

async function empty(base: Base): Promise<void> {
  await base.transaction((tx) => tx.execute(tables.map((name) => `DELETE FROM nacional.${name}`).join('; ')));
}
