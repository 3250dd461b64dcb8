import type { Base } from '../../../central/base/base.ts';
import { lastLink } from '../../../central/base/decided-layer/link-chain.ts';
import { appendLinks, decideAlone } from '../../../central/base/decided-layer/write-links.ts';
import { rules } from '../../../central/treat/rules/all.ts';
import { treat } from '../../../central/treat/treat.ts';
import { query } from '../../support/bases.ts';
import type { Loader } from '../../support/loader.ts';
import { given, today } from '../bad-input/given.ts';
import { emptyNational } from '../settled.ts';
import { requireNoProblem } from '../small-state/small-state.ts';
import { natalOf } from './registers.ts';

const columns = {
  custodiado: ['id', 'nome', 'nome_mae', 'data_nascimento', 'cpf'],
  visitante: ['id', 'nome', 'nome_mae', 'data_nascimento', 'cpf'],
  custodia: ['id', 'custodiado_id', 'entrada', 'saida', 'regime'],
  vinculo: ['id', 'custodiado_id', 'pessoa_tipo', 'pessoa_id'],
} as const;
type View = keyof typeof columns;

export const mother = 'Sebastiana Ferreira de Albuquerque';
export const birth = '1987-03-19';
export const cpf = '529.982.247-25';
export const otherCpf = '168.995.350-09';

const author = { who: 'maria', through: 'test', reason: 'test' };

/** João, held in AL and in RO, visits a namesake's cell in RO, and is linked to himself there. */
const rows: Readonly<Record<string, Partial<Record<View, readonly (readonly (string | null)[])[]>>>> = {
  AL: {
    custodiado: [['1', 'João Batista Vasconcelos', mother, birth, cpf]],
    custodia: [['1', '1', '2026-01-01', null, 'fechado']],
  },
  RO: {
    custodiado: [['9', 'JOAO BATISTA VASCONCELLOS', mother, birth, null]],
    custodia: [['1', '9', '2026-02-01', null, 'semiaberto']],
    visitante: [['5', 'João Vasconcelos', mother, birth, null]],
    vinculo: [['1', '9', 'Visitante', '5']],
  },
};

export const held = { source: 'AL', id: '1' } as const;
export const heldToo = { source: 'RO', id: '9' } as const;
export const visitor = { source: 'RO', id: '5', role: 'visitante' } as const;

/** Two states, which are treated by what changed. */
export class Nation {
  readonly base: Base;
  readonly #loaders: ReadonlyMap<string, Loader>;
  readonly #rows = new Map<string, readonly (string | null)[]>();

  private constructor(base: Base, loaders: ReadonlyMap<string, Loader>) {
    this.base = base;
    this.#loaders = loaders;
  }

  static async on(base: Base): Promise<Nation> {
    await emptyNational(base);
    const loaders = new Map<string, Loader>();
    const nation = new Nation(base, loaders);
    for (const [source, views] of Object.entries(rows)) {
      for (const [view, given_] of Object.entries(views) as [View, (string | null)[][]][]) {
        loaders.set(`${source} ${view}`, await given(base, source, view, columns[view], given_));
        for (const row of given_) nation.#rows.set(`${source} ${view} ${row[0]}`, row);
      }
    }
    return nation;
  }

  /** Has a row hold something else in some columns, and treats that. */
  async write(
    source: string,
    view: View,
    id: string,
    values: Readonly<Record<string, string | null>>,
  ): Promise<void> {
    const name = `${source} ${view} ${id}`;
    const before = this.#rows.get(name) ?? columns[view].map((column) => (column === 'id' ? id : null));
    const row = columns[view].map((column, at) =>
      column in values ? (values[column] ?? null) : (before[at] ?? null),
    );
    this.#rows.set(name, row);
    await this.#loaders.get(`${source} ${view}`)?.load([row]);
    await this.treat(source);
  }

  async remove(source: string, view: View, id: string): Promise<void> {
    const row = [id, ...columns[view].slice(1).map(() => null)];
    await this.#loaders.get(`${source} ${view}`)?.lookup([], [row]);
    await this.treat(source);
  }

  /** A person says something of two registers; null revokes the last that was said. */
  async decide(
    pair: readonly Parameters<typeof natalOf>[0][],
    says: 'same' | 'distinct' | null,
  ): Promise<void> {
    const both = pair.map(natalOf).toSorted();
    await this.base.transaction(async (tx) => {
      await decideAlone(tx);
      const [a = '', b = ''] = both;
      const revokes = says === null ? ((await lastLink(tx))?.number ?? 0) : 0;
      await appendLinks(tx, [says === null ? { ...author, revokes } : { ...author, a, b, says }]);
    });
    await this.treat();
  }

  async treat(source?: string, full = false): Promise<void> {
    const sources = source === undefined ? {} : { sources: [source] };
    requireNoProblem(await treat(this.base, { rules, today, full, ...sources }));
  }

  /** What is open of these rules, as `C07b AL 1`. */
  async open(): Promise<string> {
    const found = await query<{ is: string }>(
      this.base,
      `SELECT concat_ws(' ', regra, fonte, id, nullif(item, '')) AS is FROM nacional.achado
        WHERE regra IN ('C07a', 'C07b', 'V05a', 'V05b', 'V05c', 'L01', 'L02', 'P13', 'P14', 'P21')
          AND resolvido IS NULL ORDER BY 1`,
    );
    return found.map(({ is }) => is).join(', ');
  }

  persons(): Promise<{ registros: number; nome: string; cpf: string | null; divergencias: string[] }[]> {
    return query(
      this.base,
      'SELECT registros, nome, cpf, divergencias FROM nacional.pessoa ORDER BY registros DESC, papel, nome',
    );
  }
}
