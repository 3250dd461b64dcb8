import type { Base } from '../../../central/base/base.ts';
import { natalId } from '../../../central/base/national-layer/natal-id.ts';
import { sensitiveFields } from '../../../central/base/sight/sensitive.ts';
import type { Granted } from '../../../central/base/sight/sight.ts';
import { rules } from '../../../central/treat/rules/all.ts';
import { treat } from '../../../central/treat/treat.ts';
import { standardViews } from '../../../shared/dictionary/standard-views.ts';
import { given } from '../../treat/bad-input/given.ts';
import { requireNoProblem } from '../../treat/small-state/small-state.ts';

/** What is shown of it is told as of this day. */
export const today = '2026-11-29';

type Row = Readonly<Record<string, string>>;
type State = Readonly<Record<string, readonly Row[]>>;

const cpf = '529.982.247-25';

/**
 * Two states know one man under two spellings, and hold him both; he is visited by a woman and by a child, and has a
 * lawyer. Somebody else has a social name, and visits in the other state. All of them are made up.
 */
export const nation: Readonly<Record<string, State>> = {
  AL: {
    unidade: [
      { id: '1', nome: 'PRESÍDIO DO AGRESTE', municipio_ibge: '2704302', situacao: 'Ativa' },
      { id: '2', nome: 'CASA DE CUSTÓDIA DA CAPITAL', municipio_ibge: '2704302', situacao: 'Ativa' },
    ],
    custodiado: [
      {
        ...{ id: '34', nome: 'JOSÉ CARLOS DA SILVA SANTOS', nome_mae: 'MARIA APARECIDA DA SILVA' },
        ...{
          data_nascimento: '1988-03-12',
          sexo: 'M',
          cpf,
          rg: '1234567',
          rg_uf: 'AL',
          alcunhas: 'GALEGO; ZÉ',
        },
        ...{ cor_raca: 'Parda', estado_civil: 'Solteiro', naturalidade_ibge: '2704302' },
      },
      {
        ...{ id: '50', nome: 'JOÃO PEREIRA LIMA', nome_social: 'JULIANA PEREIRA LIMA', sexo: 'M' },
        ...{ nome_mae: 'RITA PEREIRA', data_nascimento: '1995-07-01', cpf: '111.444.777-35' },
      },
    ],
    outro_nome: [{ id: '1', custodiado_id: '34', nome: 'JOSÉ CARLOS SANTOS', tipo: 'Outro' }],
    custodia: [
      {
        ...{ id: '1', custodiado_id: '34', unidade_id: '2', entrada: '2019-02-01', saida: '2021-05-03' },
        ...{ motivo_saida: 'Alvará de soltura', natureza: 'Provisória', cela: '9' },
      },
      {
        ...{ id: '2', custodiado_id: '34', unidade_id: '1', entrada: '2024-08-10', natureza: 'Condenação' },
        ...{ regime: 'Fechado', ala: 'B', cela: '12' },
      },
      {
        ...{ id: '3', custodiado_id: '50', unidade_id: '1', entrada: '2022-01-05', saida: '2023-01-05' },
        ...{ motivo_saida: 'Alvará de soltura', natureza: 'Provisória' },
      },
    ],
    movimentacao: [
      {
        id: '1',
        custodiado_id: '34',
        tipo: 'Entrada',
        instante: '2019-02-01 10:30:00',
        unidade_destino_id: '2',
      },
      {
        id: '2',
        custodiado_id: '34',
        tipo: 'Entrada',
        instante: '2024-08-10 08:00:00',
        unidade_destino_id: '1',
      },
    ],
    processo: [
      {
        id: '1',
        custodiado_id: '34',
        numero_cnj: '0001234-46.2024.8.02.0001',
        orgao: '1ª VARA CRIMINAL',
        tipo_penal: '3416',
      },
    ],
    pena: [
      {
        ...{ id: '1', custodiado_id: '34', processo_id: '1', anos: '5', meses: '4', dias: '10' },
        ...{ inicio: '2024-08-10', termino_previsto: '2029-12-20' },
      },
    ],
    remicao: [
      {
        id: '1',
        custodiado_id: '34',
        tipo: 'Trabalho',
        dias: '12.5',
        inicio: '2025-01-01',
        fim: '2025-02-01',
      },
    ],
    trabalho_estudo: [
      { id: '1', custodiado_id: '34', tipo: 'Trabalho interno', inicio: '2025-01-01', dias: '90' },
    ],
    falta_disciplinar: [
      { id: '1', custodiado_id: '34', tipo: 'POSSE DE CELULAR', natureza: 'Grave', inicio: '2025-03-01' },
    ],
    saude: [{ id: '1', custodiado_id: '34', tipo: 'CONSULTA MÉDICA', inicio: '2025-03-04' }],
    visitante: [
      { id: '7', nome: 'ANA PAULA SANTOS', data_nascimento: '1990-01-01', cpf: '168.995.350-09' },
      { id: '8', nome: 'CRIANÇA SANTOS', data_nascimento: '2018-01-02' },
    ],
    advogado: [{ id: '5', nome: 'CARLA MENDES TEIXEIRA', oab_numero: '12345', oab_uf: 'AL' }],
    vinculo: [
      {
        id: '1',
        custodiado_id: '34',
        pessoa_tipo: 'Visitante',
        pessoa_id: '7',
        parentesco: 'Cônjuge',
        inicio: '2024-09-01',
      },
      {
        id: '2',
        custodiado_id: '34',
        pessoa_tipo: 'Visitante',
        pessoa_id: '8',
        parentesco: 'Filho',
        inicio: '2024-09-01',
      },
      { id: '3', custodiado_id: '34', pessoa_tipo: 'Advogado', pessoa_id: '5', inicio: '2024-09-01' },
    ],
    visita: [
      { id: '1', custodiado_id: '34', visitante_id: '7', unidade_id: '1', instante: '2024-10-05 09:00:00' },
      { id: '2', custodiado_id: '34', visitante_id: '8', unidade_id: '1', instante: '2024-10-06 09:00:00' },
    ],
  },
  RO: {
    unidade: [{ id: '1', nome: 'URSO BRANCO', municipio_ibge: '1100205', situacao: 'Ativa' }],
    custodiado: [
      {
        ...{ id: '77', nome: 'JOSE CARLOS SILVA SANTOS', nome_mae: 'MARIA APARECIDA SILVA', sexo: 'M' },
        ...{ data_nascimento: '1988-03-12', cpf, rg: '987654', rg_uf: 'RO' },
      },
    ],
    visitante: [
      {
        ...{ id: '3', nome: 'JOÃO PEREIRA LIMA', nome_mae: 'RITA PEREIRA', data_nascimento: '1995-07-01' },
        cpf: '111.444.777-35',
      },
    ],
    custodia: [
      {
        id: '1',
        custodiado_id: '77',
        unidade_id: '1',
        entrada: '2025-01-15',
        natureza: 'Provisória',
        cela: '3',
      },
    ],
    movimentacao: [
      {
        id: '1',
        custodiado_id: '77',
        tipo: 'Entrada',
        instante: '2025-01-15 23:00:00',
        unidade_destino_id: '1',
      },
    ],
  },
};

export const held = natalId('AL', 'custodiado', '34');
export const heldToo = natalId('RO', 'custodiado', '77');
export const social = natalId('AL', 'custodiado', '50');
/** The same person, as a visitor. */
export const socialToo = natalId('RO', 'visitante', '3');
export const woman = natalId('AL', 'visitante', '7');
export const child = natalId('AL', 'visitante', '8');
export const lawyer = natalId('AL', 'advogado', '5');

/** All of it, with nothing that a grant would have to name. */
export const all: Granted = {
  views: standardViews.map(({ name }) => name),
  sensitive: [],
  hidden: [],
  states: [],
};

/** Loads and treats it, as far as a body sees it: what it does not is not there. */
export async function madeNation(base: Base, seen: Granted | null = null): Promise<void> {
  for (const [source, state] of Object.entries(nation)) {
    if (seen !== null && seen.states.length > 0 && !seen.states.includes(source)) continue;
    for (const [view, rows] of Object.entries(state)) {
      if (seen !== null && !seen.views.includes(view)) continue;
      const named = [...new Set(['id', ...rows.flatMap((row) => Object.keys(row))])];
      // What a state has a column for in no row of its own it shows all the same: custodies end.
      const columns = view === 'custodia' ? [...new Set([...named, 'saida', 'motivo_saida'])] : named;
      const shown = columns.filter((column) => seen === null || isShown(seen, view, column));
      const there = rows.filter((row) => seen === null || isThere(seen, view, row));
      await given(
        base,
        source,
        view,
        shown,
        there.map((row) => shown.map((column) => row[column] ?? null)),
      );
    }
  }
  requireNoProblem(await treat(base, { rules, today }));
}

function isShown({ hidden, sensitive }: Granted, view: string, column: string): boolean {
  const field = `${view}.${column}`;
  return !hidden.includes(field) && (!(field in sensitiveFields) || sensitive.includes(field));
}

function isThere({ sensitive }: Granted, view: string, row: Row): boolean {
  const isChild = (id: string | undefined) => id === '8' && !sensitive.includes('visitante.menores');
  if (view === 'visitante') return !isChild(row['id']);
  if (view === 'visita') return !isChild(row['visitante_id']);
  if (view !== 'vinculo') return true;
  if (row['pessoa_tipo'] === 'Advogado') return sensitive.includes('vinculo.advogados');
  return !isChild(row['pessoa_id']);
}
