import { Temporal } from 'temporal-polyfill';
import type { ColumnType } from '../../shared/dictionary/kinds.ts';
import { standardViews } from '../../shared/dictionary/standard-views.ts';
import { custodiaRow, custodiaRows, fotoRows } from './custody-rows.ts';
import { type DirtTally, dirtOf } from './dirt.ts';
import type { KnownPeople } from './known-people.ts';
import { lifeOf } from './life.ts';
import { movimentacaoRows } from './movement-rows.ts';
import type { Uf } from './people.ts';
import { custodiadoRow, custodiadoRows, outroNomeRows } from './person-rows.ts';
import { createRng, type Rng } from './rng.ts';
import {
  faltaDisciplinarRows,
  penaRows,
  processoRows,
  remicaoRows,
  saudeRows,
  trabalhoEstudoRows,
} from './sentence-rows.ts';
import type { MadeColumn, MadeRow, Value } from './spelling.ts';
import { createState, type State, type TableRows } from './state-rows.ts';
import { unidadeRows } from './unit-rows.ts';
import { advogadoRows, vinculoRows, visitanteRows, visitaRows } from './visit-rows.ts';

export interface SampleTable {
  name: string;
  columns: readonly { name: string; type: ColumnType }[];
  rows: Iterable<readonly Value[]>;
}

export interface SampleOptions {
  uf: Uf;
  custodiados: number;
  seed: number;
  now: Date;
  /** Visits per person, on average. */
  visits?: number;
  /** How much of the rates of errors it has; without it, as much as is usual there. */
  dirt?: number;
  /** Counts the errors while the rows are read. */
  tally?: DirtTally;
  /** Whom two states know; without it, nobody. */
  known?: KnownPeople;
}

/** What a step of changes did to a state's database. */
export interface ChangeCounts {
  inserted: number;
  updated: number;
}

export const stateTimeZones: Readonly<Record<Uf, string>> = {
  AL: 'America/Maceio',
  RO: 'America/Porto_Velho',
  MS: 'America/Campo_Grande',
};

/** How each table's rows are made. */
function tablesOf(visits: number): Readonly<Record<string, TableRows>> {
  return {
    ...{ unidade: unidadeRows, custodiado: custodiadoRows, outro_nome: outroNomeRows },
    ...{ custodia: custodiaRows, movimentacao: movimentacaoRows, processo: processoRows, pena: penaRows },
    ...{ remicao: remicaoRows, trabalho_estudo: trabalhoEstudoRows, falta_disciplinar: faltaDisciplinarRows },
    ...{ saude: saudeRows, visitante: visitanteRows, advogado: advogadoRows, vinculo: vinculoRows },
    ...{ visita: (state: State) => visitaRows(state, visits), foto: fotoRows },
  };
}

/** The rows are made while they are read, the same ones each time: a large state never stands in memory. */
export function sampleTables({ visits = 1, dirt, now, ...options }: SampleOptions): SampleTable[] {
  const { uf, seed } = options;
  const localNow = toLocal(now, stateTimeZones[uf]);
  const state = createState({
    ...options,
    localNow,
    dirt: dirt ?? dirtOf[uf],
    tally: options.tally,
    known: options.known,
  });
  const makers = tablesOf(visits);
  return standardViews.map(({ name }) => {
    const make = makers[name];
    if (make === undefined) throw new Error(`no rows are made for ${name}`);
    const write = rowWriter(state, name);
    const rows = {
      *[Symbol.iterator]() {
        const rng = createRng(seed, `${uf} ${name}`);
        for (const row of make(state)) yield write({ ...row, atualizado_em: state.clock.updated(rng) }, rng);
      },
    };
    return { name, columns: sampleColumns(state, name), rows };
  });
}

/** The ids that the next rows of a state's database take. */
export type NextIds = Readonly<Record<'unidade' | 'custodiado' | 'custodia' | 'movimentacao', number>>;

/** Twenty people who come in at `instant`, with their custody and the movement that brought them. */
export function arrivals(timeZone: string, step: number, instant: string, next: NextIds): SampleTable[] {
  const zone = Object.entries(stateTimeZones).find(([, zone]) => zone === timeZone);
  const uf = (zone?.[0] ?? 'AL') as Uf;
  const localNow = new Date(`${instant.slice(0, 10)}T00:00:00Z`);
  const units = next.unidade - 1;
  const options = { uf, seed: step, localNow, custodiados: units * 400, dirt: 0, tally: undefined };
  const state = { ...createState(options), units };
  const rng = createRng(step, `arrivals ${next.custodiado}`);
  const made: Record<string, MadeRow[]> = { custodiado: [], custodia: [], movimentacao: [] };
  for (let i = 0; i < 20; i++) {
    const custodiado_id = next.custodiado + i;
    const unit = rng.integer(1, units);
    const stay = { unit, from: 0, to: null, reason: null };
    const life = { ...lifeOf(state, custodiado_id), natureza: 'provisoria', regime: null };
    made['custodiado']?.push(custodiadoRow(state, custodiado_id));
    made['custodia']?.push({ ...custodiaRow(state, rng, life, stay), id: next.custodia + i });
    const move = { tipo: 'entrada', instante: instant, unidade_origem_id: null, unidade_destino_id: unit };
    made['movimentacao']?.push({ ...move, id: next.movimentacao + i, custodiado_id, motivo: null });
  }
  return Object.entries(made).map(([name, rows]) => {
    const write = rowWriter(state, name);
    return {
      name,
      columns: sampleColumns(state, name),
      rows: rows.map((row) => write({ ...row, atualizado_em: instant }, rng)),
    };
  });
}

/** The standard view's columns without a photo's bytes, and always with `atualizado_em`, so that each has a watermark. */
function columnsOf(name: string): readonly MadeColumn[] {
  const view = standardViews.find((standard) => standard.name === name);
  const kept = (view?.columns ?? []).filter(({ type }) => type !== 'bytes');
  const others = kept.filter((column) => column.name !== 'atualizado_em');
  return [...others, { name: 'atualizado_em', type: 'timestamp', kind: 'changed', required: false }];
}

function sampleColumns({ dialect }: State, name: string): SampleTable['columns'] {
  return columnsOf(name).map(({ name, type }) => ({ name, type: dialect.type(type) }));
}

/** Writes rows of a table as the state's system does, in the order of its columns. */
function rowWriter({ dialect }: State, table: string): (row: MadeRow, rng: Rng) => Value[] {
  const columns = columnsOf(table).map((column) => ({ name: column.name, write: dialect.write(column) }));
  return (row, rng) =>
    columns.map(({ name, write }) => {
      const value = row[name];
      if (value === undefined) throw new Error(`no value made for ${table}.${name}`);
      return write(value, rng);
    });
}

/** The instant whose UTC fields show the wall clock of `timeZone`. */
function toLocal(now: Date, timeZone: string): Date {
  return new Date(now.getTime() + utcOffsetMinutes(now, timeZone) * 60_000);
}

export function utcOffsetMinutes(at: Date, timeZone: string): number {
  const instant = Temporal.Instant.fromEpochMilliseconds(at.getTime());
  return instant.toZonedDateTimeISO(timeZone).offsetNanoseconds / 60e9;
}
