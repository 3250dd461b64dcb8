/** What each column of a small state may hold, good and bad; any may hold nothing, and one that is not named always does. */
const days = [
  ...['2026-11-20', '2026-12-02', '2027-02-10', '1990-05-17', '01/01/1980'],
  ...['31/02/1990', '17/05/1990', '', '20/03/2024'],
];
export const ids = ['1', '2', '3'];
const nobody = '99';
const whose = [...ids, nobody];
const cpfs = ['529.982.247-25', '52998224725', '111.111.111-11', '168.995.350-09'];
const names = ['Maria da Silva', 'MARIA  DA SILVA', 'JOÃ£O  SOUZA', 'NAO CONSTA', 'José'];
const mothers = ['Ana da Silva', 'Maria da Silva', ''];

export const values = {
  unidade: {
    nome: ['PRESÍDIO A'],
    sexo: ['M', 'F', 'misto'],
    situacao: ['Em funcionamento', 'Desativada'],
    vagas_fechado: ['0', '1', '-3'],
  },
  custodiado: {
    ...{ nome: names, nome_mae: mothers, data_nascimento: days, sexo: ['F', 'M', 'X', 'IGNORADO'] },
    ...{ cpf: cpfs, rji: ['170000114-79', ''] },
  },
  outro_nome: { custodiado_id: whose, nome: names, tipo: ['Alcunha', 'Nome social', 'x'] },
  visitante: { nome: names, nome_mae: mothers, cpf: cpfs, data_nascimento: days },
  advogado: { nome: ['Rui Costa', 'Eva'], oab_numero: ['1234', '0'], oab_uf: ['AL', 'XX'], cpf: cpfs },
  custodia: {
    custodiado_id: whose,
    unidade_id: [...ids, nobody],
    entrada: days,
    // The first row is of one who is held.
    saida: ['', ...days],
    motivo_saida: ['Óbito', '', 'Alvará de soltura'],
    natureza: ['Condenação', 'Provisória', 'Temporária'],
    regime: ['Fechado', 'SEMI AB.', 'Aberto', 'Domiciliar'],
  },
  movimentacao: {
    custodiado_id: ids,
    tipo: ['Transferência', 'Entrada'],
    instante: ['2026-11-21 10:00:00'],
    unidade_origem_id: [...ids, nobody],
    unidade_destino_id: [...ids, nobody],
  },
  processo: {
    custodiado_id: whose,
    numero_cnj: ['0000001-57.2020.8.02.0001', '0000001-00.2020.8.02.0001', '123'],
    data_fato: days,
    pena_minima_meses: ['12', '-1'],
    pena_maxima_meses: ['6', '24'],
  },
  pena: {
    custodiado_id: whose,
    processo_id: [...ids, nobody],
    anos: ['2', 'x'],
    inicio: days,
    termino_previsto: days,
    dias_remidos: ['12,5', ''],
  },
  remicao: {
    custodiado_id: whose,
    tipo: ['Trabalho', 'Estudo', 'x'],
    dias: ['12,5', '-1', '900'],
    inicio: days,
    fim: days,
    homologada_em: days,
  },
  trabalho_estudo: {
    custodiado_id: whose,
    tipo: ['Trabalho', 'Estudo'],
    inicio: days,
    fim: days,
    dias: ['90', '-3'],
  },
  falta_disciplinar: { custodiado_id: whose, natureza: ['Grave', 'x'], inicio: days, fim: days },
  saude: { custodiado_id: whose, tipo: ['Consulta', ''], inicio: days, fim: days },
  foto: { custodiado_id: whose, tipo: ['Frente', 'x'], data: days, endereco: ['/1.jpg', ''] },
  vinculo: {
    custodiado_id: ids,
    // The first two rows lead to a visitor and to a lawyer.
    pessoa_id: [...ids, nobody],
    situacao: ['Ativo', 'Encerrado'],
    pessoa_tipo: ['Visitante', 'Advogado'],
  },
  visita: {
    custodiado_id: whose,
    visitante_id: ids,
    unidade_id: [...ids, nobody],
    instante: ['2026-11-21 10:00:00', '2026-11-21 11:00:00', '21/11/2026'],
  },
} as const satisfies Partial<Record<string, Record<string, readonly string[]>>>;

export type ViewName = keyof typeof values;
const viewNames = Object.keys(values) as ViewName[];

/** The views of each source: all that there are, and of another one those that rules of the nation look at. */
export const sources = {
  AL: viewNames,
  SE: ['custodiado', 'visitante', 'advogado', 'custodia'],
} as const satisfies Record<string, readonly ViewName[]>;
export type SourceName = keyof typeof sources;
export const sourceNames = Object.keys(sources) as SourceName[];

export function columnsOf(view: ViewName): readonly string[] {
  return Object.keys(values[view]);
}

/** What the first rows hold, so that they are what rules look for: a person held in both states who also visits. */
const firstRow: Partial<Record<ViewName, readonly (string | null)[]>> = {
  custodiado: ['Maria da Silva', 'Ana da Silva', '1990-05-17', 'F', '529.982.247-25'],
  visitante: ['MARIA  DA SILVA', 'Ana da Silva', null, '17/05/1990'],
};

/** What the columns of a row hold in the beginning, by their picks. @param at place of the row */
export function firstPicks(view: ViewName, at: number): number[] {
  return columnsOf(view).map((column, place) => {
    const given = at === 0 ? firstRow[view]?.[place] : undefined;
    const pool = valuesOf(view, column);
    if (given === undefined) return at + ([0, 1, 2, 0, 1][place] ?? 0);
    return given === null ? pool.length : pool.indexOf(given);
  });
}

export function valuesOf(view: ViewName, column: string): readonly string[] {
  return (values[view] as Record<string, readonly string[]>)[column] ?? [];
}

/** A column's value; one of its picks is none. */
export function valueAt(view: ViewName, column: string, pick: number): string | null {
  const pool = valuesOf(view, column);
  return pool[pick % (pool.length + 1)] ?? null;
}
