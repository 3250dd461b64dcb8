import type { ViewName } from './rows.ts';

/**
 * What each row should tell and the base can do without. What another rule misses by itself (P01, P04, P07, P11, A01) is
 * not among them, nor what has a value only once something has happened.
 */
export const expected: Readonly<Partial<Record<ViewName, readonly string[]>>> = {
  unidade: ['nome', 'tipo', 'sexo', 'municipio_ibge', 'situacao'],
  outro_nome: ['nome'],
  custodia: ['unidade_id', 'entrada', 'natureza', 'regime'],
  movimentacao: ['tipo', 'instante'],
  processo: ['numero_cnj'],
  pena: ['inicio', 'termino_previsto'],
  remicao: ['tipo', 'dias'],
  trabalho_estudo: ['tipo', 'inicio'],
  falta_disciplinar: ['natureza', 'inicio'],
  saude: ['tipo', 'inicio'],
  visitante: ['nome'],
  advogado: ['nome'],
  vinculo: ['pessoa_tipo', 'pessoa_id'],
  visita: ['visitante_id', 'instante'],
  foto: ['tipo'],
};

/** What Lei 12.714/2012, art. 2, asks for of a custody besides. */
export const askedByLaw: readonly string[] = ['data_prisao', 'aviso_familia', 'aviso_defensor'];
