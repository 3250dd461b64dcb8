/** What each column of a small state may hold, good and bad; any may hold nothing, and one that is not named always does. */
const days = [
  ...['2026-11-20', '2026-12-02', '2027-02-10', '1990-05-17', '01/01/1980'],
  ...['31/02/1990', '17/05/1990', '', '20/03/2024'],
];
export const ids = ['1', '2', '3'];
const nobody = '99';
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
  visitante: { nome: names, nome_mae: mothers, cpf: cpfs, data_nascimento: days },
  advogado: { nome: ['Rui Costa', 'Eva'], oab_numero: ['1234', '0'], oab_uf: ['AL', 'XX'], cpf: cpfs },
  custodia: {
    custodiado_id: [...ids, nobody],
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
    unidade_destino_id: [...ids, nobody],
  },
  pena: {
    custodiado_id: [...ids, nobody],
    anos: ['2', 'x'],
    inicio: days,
    termino_previsto: days,
    dias_remidos: ['12,5', ''],
  },
  vinculo: {
    custodiado_id: ids,
    // The first two rows lead to a visitor and to a lawyer.
    pessoa_id: [...ids, nobody],
    situacao: ['Ativo', 'Encerrado'],
    pessoa_tipo: ['Visitante', 'Advogado'],
  },
  visita: {
    custodiado_id: [...ids, nobody],
    visitante_id: ids,
    unidade_id: [...ids, nobody],
    instante: ['2026-11-21 10:00:00', '2026-11-21 11:00:00', '21/11/2026'],
  },
} as const satisfies Partial<Record<string, Record<string, readonly string[]>>>;

export type ViewName = keyof typeof values;
export const viewNames = Object.keys(values) as ViewName[];

export function columnsOf(view: ViewName): readonly string[] {
  return Object.keys(values[view]);
}

/** A column's value; one of its picks is none. */
export function valueAt(view: ViewName, column: string, pick: number): string | null {
  const pool = (values[view] as Record<string, readonly string[]>)[column] ?? [];
  return pool[pick % (pool.length + 1)] ?? null;
}
