/**
 * The standard views: the contract of what a state shows and what the national base expects, as data, so that the
 * agreement's own data dictionary can replace it without a change in code. A state's view may have more columns.
 */
export type ColumnType = 'text' | 'integer' | 'date' | 'timestamp' | 'boolean' | 'bytes';

/** What the dictionary's types are called in Portuguese. */
export const columnTypeNames: Readonly<Record<ColumnType, string>> = {
  text: 'texto',
  integer: 'número inteiro',
  date: 'data',
  timestamp: 'data-hora',
  boolean: 'sim ou não',
  bytes: 'bytes',
};

export interface StandardColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly required: boolean;
}

export interface StandardView {
  readonly name: string;
  readonly key: readonly string[];
  readonly columns: readonly StandardColumn[];
  /** The column that moves when a row changes; null where a view has none and only digests find its changes. */
  readonly watermark: string | null;
}

const text = (name: string): StandardColumn => ({ name, type: 'text', required: false });
const integer = (name: string): StandardColumn => ({ name, type: 'integer', required: false });
const date = (name: string): StandardColumn => ({ name, type: 'date', required: false });
const timestamp = (name: string): StandardColumn => ({ name, type: 'timestamp', required: false });
const boolean = (name: string): StandardColumn => ({ name, type: 'boolean', required: false });
const bytes = (name: string): StandardColumn => ({ name, type: 'bytes', required: false });
const required = (column: StandardColumn): StandardColumn => ({ ...column, required: true });

/** Every standard view has the key `id`, its first column. */
function view(name: string, watermark: string | null, columns: readonly StandardColumn[]): StandardView {
  return { name, key: ['id'], columns: [required(integer('id')), ...columns], watermark };
}

const unidade = view('unidade', null, [
  required(text('nome')),
  text('tipo'),
  text('sexo'),
  text('municipio_ibge'),
  text('cep'),
  integer('vagas_provisorio'),
  integer('vagas_fechado'),
  integer('vagas_semiaberto'),
  integer('vagas_aberto'),
  integer('vagas_rdd'),
  integer('vagas_medida_seguranca'),
  integer('vagas_outros'),
  text('situacao'),
]);

const custodiado = view('custodiado', 'atualizado_em', [
  required(text('nome')),
  text('nome_social'),
  text('nome_mae'),
  text('nome_pai'),
  date('data_nascimento'),
  required(text('sexo')),
  text('genero'),
  text('cor_raca'),
  text('estado_civil'),
  text('escolaridade'),
  text('nacionalidade'),
  text('naturalidade_ibge'),
  text('cpf'),
  text('rg'),
  text('rg_uf'),
  text('rji'),
  text('alcunhas'),
  timestamp('atualizado_em'),
]);

const custodia = view('custodia', 'atualizado_em', [
  required(integer('custodiado_id')),
  required(integer('unidade_id')),
  required(date('entrada')),
  date('saida'),
  text('motivo_saida'),
  text('natureza'),
  text('regime'),
  boolean('monitoracao'),
  boolean('rdd'),
  text('ala'),
  text('cela'),
  timestamp('atualizado_em'),
]);

const movimentacao = view('movimentacao', 'instante', [
  required(integer('custodiado_id')),
  required(text('tipo')),
  required(timestamp('instante')),
  integer('unidade_origem_id'),
  integer('unidade_destino_id'),
  text('motivo'),
]);

const processo = view('processo', 'atualizado_em', [
  required(integer('custodiado_id')),
  text('numero_cnj'),
  text('orgao'),
  text('tipo_penal'),
  date('data_fato'),
  timestamp('atualizado_em'),
]);

const pena = view('pena', 'atualizado_em', [
  required(integer('custodiado_id')),
  integer('processo_id'),
  integer('anos'),
  integer('meses'),
  integer('dias'),
  date('inicio'),
  date('termino_previsto'),
  integer('dias_remidos'),
  timestamp('atualizado_em'),
]);

/** Three views share this shape: something of a kind that a person in custody did or had, from day to day. */
function episode(name: string): StandardView {
  const columns = [required(integer('custodiado_id')), required(text('tipo')), date('inicio'), date('fim')];
  return view(name, null, columns);
}

const visitante = view('visitante', 'atualizado_em', [
  required(text('nome')),
  text('nome_mae'),
  date('data_nascimento'),
  text('cpf'),
  text('rg'),
  text('rg_uf'),
  timestamp('atualizado_em'),
]);

const advogado = view('advogado', 'atualizado_em', [
  required(text('nome')),
  text('oab_numero'),
  text('oab_uf'),
  text('cpf'),
  timestamp('atualizado_em'),
]);

const vinculo = view('vinculo', 'atualizado_em', [
  required(integer('custodiado_id')),
  required(text('pessoa_tipo')),
  required(integer('pessoa_id')),
  text('parentesco'),
  text('situacao'),
  date('inicio'),
  date('fim'),
  timestamp('atualizado_em'),
]);

const visita = view('visita', 'instante', [
  required(integer('custodiado_id')),
  required(integer('visitante_id')),
  integer('unidade_id'),
  required(timestamp('instante')),
]);

/** A photo comes as bytes in its row or as an address to read it from: one of the two, so neither is required. */
const foto = view('foto', 'atualizado_em', [
  required(integer('custodiado_id')),
  text('tipo'),
  date('data'),
  bytes('conteudo'),
  text('endereco'),
  timestamp('atualizado_em'),
]);

/** Those that others refer to come first, so that a first load finds its references. */
export const standardViews: readonly StandardView[] = [
  unidade,
  custodiado,
  custodia,
  movimentacao,
  processo,
  pena,
  episode('trabalho_estudo'),
  episode('falta_disciplinar'),
  episode('saude'),
  visitante,
  advogado,
  vinculo,
  visita,
  foto,
];
