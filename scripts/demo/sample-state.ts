import { isValidProcessoJuridico } from '@brazilian-utils/brazilian-utils';
import { Temporal } from 'temporal-polyfill';
import { type ColumnType, standardViews } from '../../shared/dictionary.ts';
import {
  advogadoRow,
  createPeople,
  custodiadoRows,
  freeText,
  type People,
  padded,
  type Row,
  type Uf,
  type Value,
  visitanteRow,
  withCheckDigits,
} from './people.ts';
import { type Clock, createClock, createRng, type Rng } from './rng.ts';

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

/** Rows per custodiado. */
const ratios: Readonly<Record<string, number>> = {
  unidade: 1 / 400,
  custodiado: 1,
  custodia: 1.2,
  movimentacao: 1.5,
  processo: 0.8,
  pena: 0.7,
  trabalho_estudo: 0.3,
  falta_disciplinar: 0.1,
  saude: 0.2,
  visitante: 0.5,
  advogado: 0.05,
  vinculo: 0.6,
  visita: 1,
  foto: 0.5,
};

interface State {
  readonly uf: Uf;
  readonly people: People;
  readonly clock: Clock;
  count(table: string): number;
}

/** Makes the rows of one table, in the order of their ids: it may remember the rows before. */
type RowMaker = (rng: Rng, id: number) => Row;

/** The rows are made while they are read, the same ones each time: a large state never stands in memory. */
export function sampleTables(options: SampleOptions): SampleTable[] {
  const count = (table: string): number =>
    Math.max(2, Math.round(options.custodiados * (ratios[table] ?? 0)));
  const localNow = toLocal(options.now, stateTimeZones[options.uf]);
  const state = createState(options.uf, localNow, count);
  return standardViews.map(({ name }) => {
    const columns = sampleColumns(name);
    const rows = {
      *[Symbol.iterator]() {
        const rng = createRng(options.seed, `${options.uf} ${name}`);
        const make = rowMaker(name, state);
        for (let id = 1; id <= count(name); id++) {
          yield values({ id, ...make(rng, id), atualizado_em: state.clock.updated(rng) }, name, columns);
        }
      },
    };
    return { name, columns, rows };
  });
}

/** The ids that the next rows of a state's database take. */
export type NextIds = Readonly<Record<'unidade' | 'custodiado' | 'custodia' | 'movimentacao', number>>;

/** Twenty people who come in at `instant`, with their custody and the movement that brought them. */
export function arrivals(timeZone: string, step: number, instant: string, next: NextIds): SampleTable[] {
  const zone = Object.entries(stateTimeZones).find(([, zone]) => zone === timeZone);
  const uf = (zone?.[0] ?? 'AL') as Uf;
  const state = createState(uf, new Date(`${instant.slice(0, 10)}T00:00:00Z`), () => next.unidade - 1);
  const rng = createRng(step, `arrivals ${next.custodiado}`);
  const made: Record<string, Row[]> = { custodiado: [], custodia: [], movimentacao: [] };
  for (let i = 0; i < 20; i++) {
    const unidade_id = rng.integer(1, next.unidade - 1);
    const custodiado_id = next.custodiado + i;
    const own: Readonly<Record<string, Row>> = {
      custodia: { custodiado_id, unidade_id, entrada: instant.slice(0, 10), saida: null, motivo_saida: null },
      movimentacao: {
        custodiado_id,
        tipo: 'ENTRADA',
        instante: instant,
        unidade_origem_id: null,
        unidade_destino_id: unidade_id,
      },
    };
    for (const [name, rows] of Object.entries(made)) {
      const id = next[name as keyof NextIds] + i;
      rows.push({ ...rowMaker(name, state)(rng, id), id, ...own[name], atualizado_em: instant });
    }
  }
  return Object.entries(made).map(([name, rows]) => {
    const columns = sampleColumns(name);
    return { name, columns, rows: rows.map((row) => values(row, name, columns)) };
  });
}

/** The standard view's columns without a photo's bytes, and always with `atualizado_em`, so that each has a watermark. */
function sampleColumns(name: string): SampleTable['columns'] {
  const view = standardViews.find((standard) => standard.name === name);
  const kept = (view?.columns ?? []).filter(({ type }) => type !== 'bytes');
  const others = kept.filter((column) => column.name !== 'atualizado_em');
  return [...others, { name: 'atualizado_em', type: 'timestamp' as const }].map(({ name, type }) => ({
    name,
    type,
  }));
}

function values(row: Row, table: string, columns: SampleTable['columns']): Value[] {
  return columns.map(({ name }) => {
    const value = row[name];
    if (value === undefined) throw new Error(`no value made for ${table}.${name}`);
    return value;
  });
}

function createState(uf: Uf, localNow: Date, count: State['count']): State {
  return { uf, people: createPeople(uf, localNow), clock: createClock(localNow), count };
}

/** The instant whose UTC fields show the wall clock of `timeZone`. */
function toLocal(now: Date, timeZone: string): Date {
  return new Date(now.getTime() + utcOffsetMinutes(now, timeZone) * 60_000);
}

export function utcOffsetMinutes(at: Date, timeZone: string): number {
  const instant = Temporal.Instant.fromEpochMilliseconds(at.getTime());
  return instant.toZonedDateTimeISO(timeZone).offsetNanoseconds / 60e9;
}

function rowMaker(table: string, state: State): RowMaker {
  const { uf, people } = state;
  switch (table) {
    case 'unidade':
      return (rng, id) => unidadeRow(rng, id, state);
    case 'custodiado':
      return custodiadoRows(people);
    case 'custodia':
      return (rng, id) => custodiaRow(rng, id, state);
    case 'movimentacao':
      return (rng) => movimentacaoRow(rng, state);
    case 'processo':
      return (rng) => processoRow(rng, state);
    case 'pena':
      return (rng) => penaRow(rng, state);
    case 'visitante':
      return (rng) => visitanteRow(rng, people);
    case 'advogado':
      return (rng) => advogadoRow(rng, people, uf);
    case 'vinculo':
      return (rng) => vinculoRow(rng, state);
    case 'visita':
      return (rng) => visitaRow(rng, state);
    case 'foto':
      return (rng, id) => fotoRow(rng, id, state);
    default:
      return (rng) => episodeRow(rng, table, state);
  }
}

/** A row of another table; one in 250 was deleted long ago, or never came over from the system before. */
function reference(rng: Rng, state: State, table: string): number {
  return rng.chance(0.004) ? 9_000_000 + rng.integer(1, 9999) : rng.integer(1, state.count(table));
}

function unidadeRow(rng: Rng, id: number, { people, uf }: State): Row {
  const city = rng.pick(people.municipalities);
  const place = city.name.toUpperCase();
  const honoured = people.fullName(rng, 'M');
  const named = rng.pick([`PRESÍDIO "DR. ${honoured}"`, `CADEIA PÚBLICA DE SANT'ANA - ${place}`]);
  const plain = rng.pick([
    `PENITENCIÁRIA DE ${place}`,
    `CADEIA PÚBLICA DE ${place}`,
    `Presídio ${city.name}`,
  ]);
  const places = (most: number): Value => (rng.chance(0.3) ? null : rng.integer(0, most));
  return {
    nome: id <= 2 || rng.chance(0.2) ? named : plain,
    tipo: rng.pick(['PENITENCIÁRIA', 'CADEIA PÚBLICA', 'COLÔNIA AGRÍCOLA', 'HOSPITAL DE CUSTÓDIA', '']),
    sexo: rng.pick(['MASCULINO', 'MASCULINO', 'MASCULINO', 'FEMININO', 'MISTO']),
    municipio_ibge: city.code,
    cep: rng.chance(0.8) ? `${{ AL: '57', RO: '76', MS: '79' }[uf]}${rng.integer(100, 999)}-000` : '',
    vagas_provisorio: places(300),
    vagas_fechado: places(600),
    vagas_semiaberto: places(200),
    vagas_aberto: places(50),
    vagas_rdd: places(12),
    vagas_medida_seguranca: places(30),
    vagas_outros: places(5),
    situacao: rng.pick(['ATIVA', 'ATIVA', 'ATIVA', 'INTERDITADA', 'DESATIVADA']),
  };
}

/** Each custodiado has one custody that may be open still; the others are from before. */
function custodiaRow(rng: Rng, id: number, state: State): Row {
  const latest = id <= state.count('custodiado');
  const cameDaysAgo = rng.integer(30, latest ? 2500 : 6000);
  const open = latest && rng.chance(0.6);
  const natureza = rng.pick(['PROVISÓRIA', 'CONDENAÇÃO', 'CONDENAÇÃO', 'MEDIDA DE SEGURANÇA']);
  return {
    custodiado_id: latest ? id : reference(rng, state, 'custodiado'),
    unidade_id: reference(rng, state, 'unidade'),
    entrada: rng.chance(0.003) ? '1900-01-01' : state.clock.day(cameDaysAgo),
    saida: open ? null : state.clock.day(rng.integer(0, cameDaysAgo)),
    motivo_saida: open
      ? null
      : freeText(rng, ['ALVARÁ DE SOLTURA', 'PROGRESSÃO', 'ÓBITO', 'FUGA', 'FIANÇA DE R$/€ 1.000']),
    natureza,
    regime:
      natureza === 'CONDENAÇÃO'
        ? rng.pick(['FECHADO', 'FECHADO', 'SEMIABERTO', 'ABERTO'])
        : rng.pick(['', null]),
    monitoracao: rng.pick([0, 0, 0, 1, null]),
    rdd: rng.chance(0.01) ? 1 : 0,
    ala: rng.pick(['A', 'B', 'C', 'ALA "1"', '', null]),
    cela: rng.chance(0.8) ? padded(rng.integer(1, 60), 2) : null,
  };
}

function movimentacaoRow(rng: Rng, state: State): Row {
  const reasons = [
    'DETERMINAÇÃO JUDICIAL',
    'SEGURANÇA DA UNIDADE',
    'AUDIÊNCIA DE CUSTÓDIA',
    'TRATAMENTO',
  ] as const;
  const at = state.clock.instant(rng, 1800);
  return {
    custodiado_id: reference(rng, state, 'custodiado'),
    tipo: rng.pick(['ENTRADA', 'TRANSFERÊNCIA', 'TRANSFERÊNCIA', 'SAÍDA', 'AUDIÊNCIA']),
    instante: rng.chance(0.2) ? `${at.slice(0, 10)} 00:00:00.000000` : at,
    unidade_origem_id: rng.chance(0.6) ? reference(rng, state, 'unidade') : null,
    unidade_destino_id: rng.chance(0.9) ? reference(rng, state, 'unidade') : null,
    motivo: freeText(rng, reasons),
  };
}

function processoRow(rng: Rng, state: State): Row {
  const city = rng.pick(state.people.municipalities).name.toUpperCase();
  return {
    custodiado_id: reference(rng, state, 'custodiado'),
    numero_cnj: rng.chance(0.95) ? cnjNumber(rng, state.uf) : rng.pick([null, '', 'EM DISTRIBUIÇÃO']),
    orgao: `${rng.integer(1, 17)}ª VARA CRIMINAL DE ${city}`,
    tipo_penal: rng.pick(['3419', '3416', '3608', '3372', '3633', '', null]),
    data_fato: rng.chance(0.01) ? '1900-01-01' : state.clock.day(rng.integer(60, 6000)),
  };
}

function cnjNumber(rng: Rng, uf: Uf): string {
  const sequence = padded(rng.integer(1, 999_999), 7);
  const court = `8.${{ AL: '02', RO: '22', MS: '12' }[uf]}.${padded(rng.integer(1, 60), 4)}`;
  const year = rng.integer(2010, 2025);
  const compose = (digits: string): string => `${sequence}-${digits}.${year}.${court}`;
  if (rng.chance(0.02)) return compose('00');
  const valid = withCheckDigits(rng, compose, isValidProcessoJuridico);
  return rng.chance(0.12) ? valid.replace(/\D/g, '') : valid;
}

function penaRow(rng: Rng, state: State): Row {
  const begunDaysAgo = rng.integer(30, 4000);
  const anos = rng.integer(0, 30);
  const served = rng.chance(0.05) ? null : state.clock.day(begunDaysAgo - anos * 365);
  return {
    custodiado_id: reference(rng, state, 'custodiado'),
    processo_id: rng.chance(0.9) ? reference(rng, state, 'processo') : null,
    anos,
    meses: rng.integer(0, 11),
    dias: rng.pick([0, 0, null, rng.integer(1, 29)]),
    inicio: state.clock.day(begunDaysAgo),
    termino_previsto: rng.chance(0.01) ? '1900-01-01' : served,
    dias_remidos: rng.pick([0, null, rng.integer(1, 400)]),
  };
}

function episodeRow(rng: Rng, table: string, state: State): Row {
  const begunDaysAgo = rng.integer(1, 2000);
  const kinds: Readonly<Record<string, readonly [string, ...string[]]>> = {
    trabalho_estudo: ['TRABALHO INTERNO', 'TRABALHO EXTERNO', 'ALFABETIZAÇÃO', 'REMIÇÃO POR LEITURA'],
    falta_disciplinar: ['LEVE', 'MÉDIA', 'GRAVE', 'Grave'],
    saude: ['CONSULTA', 'VACINAÇÃO', 'INTERNAÇÃO', 'EXAME DE CESSAÇÃO DE PERICULOSIDADE'],
  };
  return {
    custodiado_id: reference(rng, state, 'custodiado'),
    tipo: rng.pick(kinds[table] ?? ['OUTRO']),
    inicio: rng.chance(0.01) ? null : state.clock.day(begunDaysAgo),
    fim: rng.chance(0.4) ? null : state.clock.day(rng.integer(0, begunDaysAgo)),
  };
}

/** Most visits are by the one visitor who has a bond with the person. */
function visitorOf(rng: Rng, custodiado: number, state: State): number {
  if (rng.chance(0.15)) return reference(rng, state, 'visitante');
  return ((custodiado * 7919) % state.count('visitante')) + 1;
}

function vinculoRow(rng: Rng, state: State): Row {
  const custodiado_id = reference(rng, state, 'custodiado');
  const byLawyer = rng.chance(0.12);
  const begunDaysAgo = rng.integer(1, 2000);
  return {
    custodiado_id,
    pessoa_tipo: byLawyer ? 'advogado' : 'visitante',
    pessoa_id: byLawyer ? reference(rng, state, 'advogado') : visitorOf(rng, custodiado_id, state),
    parentesco: byLawyer ? null : rng.pick(['MÃE', 'CÔNJUGE', 'IRMÃ', 'FILHO(A)', 'AMIGO(A)', '']),
    situacao: rng.pick(['ATIVO', 'ATIVO', 'SUSPENSO', 'CANCELADO', null]),
    inicio: state.clock.day(begunDaysAgo),
    fim: rng.chance(0.8) ? null : state.clock.day(rng.integer(0, begunDaysAgo)),
  };
}

function visitaRow(rng: Rng, state: State): Row {
  const custodiado_id = reference(rng, state, 'custodiado');
  return {
    custodiado_id,
    visitante_id: visitorOf(rng, custodiado_id, state),
    unidade_id: rng.chance(0.95) ? reference(rng, state, 'unidade') : null,
    instante: state.clock.instant(rng, 1800),
  };
}

function fotoRow(rng: Rng, id: number, state: State): Row {
  const tipo = rng.pick(['frente', 'perfil', 'sinal']);
  return {
    custodiado_id: reference(rng, state, 'custodiado'),
    tipo,
    data: rng.chance(0.1) ? null : state.clock.day(rng.integer(1, 2500)),
    endereco: `/fotos/${state.uf.toLowerCase()}/${padded(id % 100, 2)}/${padded(id, 9)}-${tipo}.jpg`,
  };
}
