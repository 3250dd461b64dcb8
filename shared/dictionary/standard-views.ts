import * as custody from './codes/custody.ts';
import * as person from './codes/person.ts';
import * as sentence from './codes/sentence.ts';
import * as unit from './codes/unit.ts';
import { ahead, code, column, expected, reference, required, type StandardView, view } from './columns.ts';

/**
 * The standard views: the contract of what a state shows and what the national base expects, as data, so that the
 * agreement's own data dictionary can replace it without a change in code. A state's view may have more columns, and
 * what is not `required` may be missing.
 */
const law = (item: string) => `Lei 12.714/2012, art. 2º, ${item}`;
const infopen = (item: string) => `INFOPEN, ${item}`;

const whose = required(reference(['custodiado'], 'Pessoa custodiada a quem a linha se refere.'));
const changed = column(
  'changed',
  'Quando a linha mudou pela última vez: o maior instante de todas as tabelas de que vem.',
);

export const unidade = view('unidade', null, 'Estabelecimento prisional do estado.', {
  nome: expected(column('text', 'Nome oficial da unidade.', null, 'PENITENCIÁRIA DE MACEIÓ')),
  tipo: expected(code(unit.unidadeTipo, 'Tipo de estabelecimento.', 'LEP, arts. 82 a 104')),
  sexo: expected(code(unit.unidadeSexo, 'Para pessoas de que sexo é a unidade.', infopen('1.3'))),
  municipio_ibge: expected(column('municipality', 'Município, pelo código de 7 dígitos do IBGE.')),
  cep: column('postal-code', 'CEP da unidade.'),
  vagas_provisorio: column('count', 'Vagas para presos provisórios.', infopen('1.3'), '120'),
  vagas_fechado: column('count', 'Vagas para o regime fechado.', infopen('1.3'), '300'),
  vagas_semiaberto: column('count', 'Vagas para o regime semiaberto.', infopen('1.3'), '80'),
  vagas_aberto: column('count', 'Vagas para o regime aberto.', infopen('1.3'), '0'),
  vagas_rdd: column('count', 'Vagas para o regime disciplinar diferenciado (RDD).', infopen('1.3'), '4'),
  vagas_medida_seguranca: column(
    'count',
    'Vagas para internação por medida de segurança.',
    infopen('1.3'),
    '10',
  ),
  vagas_outros: column('count', 'Vagas que não são de nenhum dos casos anteriores.', infopen('1.3'), '0'),
  situacao: expected(code(unit.unidadeSituacao, 'Se a unidade está em funcionamento.')),
});

export const custodiado = view(
  'custodiado',
  'atualizado_em',
  'Pessoa que está ou esteve presa ou internada.',
  {
    nome: expected(column('name', 'Nome civil completo.', law('I'), 'JOSÉ DA SILVA SANTOS')),
    nome_social: column('name', 'Nome social, se a pessoa usa um.', 'Decreto 8.727/2016'),
    nome_mae: expected(column('name', 'Nome completo da mãe.', law('I'))),
    nome_pai: column('name', 'Nome completo do pai.', law('I'), 'ANTÔNIO FERREIRA DOS SANTOS'),
    data_nascimento: expected(column('birth-date', 'Data de nascimento; vazia se não se sabe.', law('I'))),
    sexo: expected(code(person.sexo, 'Sexo no registro civil.', law('I'))),
    genero: code(person.genero, 'Identidade de gênero que a pessoa declara.'),
    cor_raca: code(person.corRaca, 'Cor ou raça que a pessoa declara.', infopen('5.2')),
    estado_civil: code(person.estadoCivil, 'Estado civil.', infopen('5.4')),
    escolaridade: code(person.escolaridade, 'Grau de instrução.', infopen('5.6')),
    nacionalidade: column('text', 'País de que a pessoa é nacional.', infopen('5.8'), 'BRASILEIRA'),
    naturalidade_ibge: column('municipality', 'Município de nascimento, pelo código de 7 dígitos do IBGE.'),
    cpf: column('cpf', 'CPF, com ou sem pontos.', infopen('5.7')),
    rg: column('rg', 'Número do documento de identidade, com seu dígito.', infopen('5.7')),
    rg_orgao: column('text', 'Órgão que expediu o documento de identidade.', null, 'SSP'),
    rg_uf: column('uf', 'Estado que expediu o documento de identidade.'),
    rji: column('rji', 'Registro Judicial Individual (RJI), do BNMP.', 'Resolução CNJ 417/2021'),
    infopen: column('text', 'Número da pessoa no INFOPEN, se houver.', null, '1234567'),
    registro_estadual: column('text', 'Número do prontuário ou da matrícula no estado.', null, '045678'),
    alcunhas: column('names', 'Apelidos; vários, separados por ponto e vírgula.'),
    atualizado_em: changed,
  },
);

export const outroNome = view(
  'outro_nome',
  'atualizado_em',
  'Outro nome por que a pessoa é ou foi conhecida: uma linha para cada.',
  {
    custodiado_id: whose,
    nome: expected(column('name', 'O outro nome.', null, 'JOSÉ SILVA DOS SANTOS')),
    tipo: code(person.outroNomeTipo, 'Que nome é este.'),
    atualizado_em: changed,
  },
);

export const custodia = view(
  'custodia',
  'atualizado_em',
  'Período em que a pessoa esteve em uma unidade: uma linha para cada, também os que já terminaram.',
  {
    custodiado_id: whose,
    unidade_id: expected(reference(['unidade'], 'Unidade do período.')),
    entrada: expected(column('date', 'Dia em que entrou na unidade.', infopen('4.5'))),
    saida: column('date', 'Dia em que saiu; vazia enquanto está na unidade.', infopen('4.5')),
    motivo_saida: code(custody.motivoSaida, 'Por que saiu.', infopen('4.5')),
    natureza: expected(code(custody.natureza, 'A que título está presa ou internada.', infopen('4.1'))),
    regime: code(custody.regime, 'Regime de cumprimento da pena.', infopen('4.1')),
    monitoracao: column('boolean', 'Se usa equipamento de monitoração eletrônica.', law('XI')),
    rdd: column('boolean', 'Se está em regime disciplinar diferenciado.', 'LEP, art. 52', '0'),
    ala: column('text', 'Ala, pavilhão ou módulo.', null, 'B'),
    cela: column('text', 'Cela.', null, '12'),
    data_prisao: column('date', 'Dia da prisão ou da internação, que pode ser antes da entrada.', law('II')),
    aviso_familia: column('date', 'Dia em que a prisão foi comunicada à família.', law('III')),
    aviso_defensor: column('date', 'Dia em que a prisão foi comunicada ao defensor.', law('III')),
    conduta: code(sentence.conduta, 'Comportamento no último atestado.', law('VIII')),
    conduta_em: column('date', 'Dia do último atestado de comportamento.', law('VIII')),
    exame_cessacao: code(
      sentence.exameCessacao,
      'Resultado do exame de cessação de periculosidade.',
      law('X'),
    ),
    exame_cessacao_em: column('date', 'Dia do exame de cessação de periculosidade.', law('X')),
    so_atual: column('boolean', 'Se o sistema guarda só o período atual, e não os anteriores.', null, '0'),
    atualizado_em: changed,
  },
);

export const movimentacao = view('movimentacao', 'instante', 'Entrada, saída ou transferência da pessoa.', {
  custodiado_id: whose,
  tipo: expected(code(custody.movimentacaoTipo, 'O que houve.', infopen('4.5'))),
  instante: expected(column('instant', 'Quando foi.', infopen('4.5'))),
  unidade_origem_id: reference(['unidade'], 'Unidade de que saiu, se saiu de uma.'),
  unidade_destino_id: reference(['unidade'], 'Unidade a que foi, se foi a uma.'),
  motivo: column('text', 'Motivo, como foi escrito.', null, 'DETERMINAÇÃO JUDICIAL'),
});

export const processo = view('processo', 'atualizado_em', 'Processo criminal ou de execução da pessoa.', {
  custodiado_id: whose,
  numero_cnj: expected(column('process-number', 'Número único do processo.', 'Resolução CNJ 65/2008')),
  orgao: column('text', 'Vara ou juízo do processo.', null, '1ª VARA CRIMINAL DE MACEIÓ'),
  tipo_penal: column('text', 'Crime: código das tabelas do CNJ (TPU), ou artigo e lei.', law('IV'), '3416'),
  data_fato: column('date', 'Dia do fato; dele depende a fração da progressão.', 'LEP, art. 112'),
  pena_minima_meses: column('count', 'Pena mínima em abstrato, em meses.', law('IV'), '60'),
  pena_maxima_meses: column('count', 'Pena máxima em abstrato, em meses.', law('IV'), '180'),
  atualizado_em: changed,
});

export const pena = view('pena', 'atualizado_em', 'Pena ou medida de segurança aplicada à pessoa.', {
  custodiado_id: whose,
  processo_id: reference(['processo'], 'Processo em que foi aplicada.'),
  anos: column('count', 'Anos da pena.', law('V'), '5'),
  meses: column('count', 'Meses da pena, além dos anos.', law('V'), '4'),
  dias: column('count', 'Dias da pena, além dos anos e meses.', law('V'), '10'),
  inicio: expected(column('date', 'Dia em que começou a ser cumprida.', law('V'))),
  termino_previsto: expected(
    ahead(column('date', 'Dia em que termina, pelo cálculo mais recente.', law('V'), '2031-05-09')),
  ),
  dias_remidos: column('decimal', 'Dias remidos, ao todo; podem ter meio dia.', law('VII')),
  dias_detracao: column('count', 'Dias de prisão anteriores que se descontam.', 'CP, art. 42', '90'),
  dias_interrupcao: column('count', 'Dias em que o cumprimento esteve interrompido.', null, '0'),
  atualizado_em: changed,
});

export const remicao = view('remicao', 'atualizado_em', 'Remição: uma linha para cada período remido.', {
  custodiado_id: whose,
  tipo: expected(code(sentence.remicaoTipo, 'Por que atividade.', law('VII'))),
  dias: expected(column('decimal', 'Dias remidos; podem ter meio dia.', law('VII'))),
  inicio: column('date', 'Primeiro dia da atividade.', law('VI')),
  fim: column('date', 'Último dia da atividade.', law('VI')),
  homologada_em: column('date', 'Dia em que o juízo a declarou; vazia se ainda não.', 'LEP, art. 126'),
  atualizado_em: changed,
});

export const trabalhoEstudo = view('trabalho_estudo', null, 'Período em que a pessoa trabalhou ou estudou.', {
  custodiado_id: whose,
  tipo: expected(code(sentence.trabalhoEstudoTipo, 'Que atividade.', law('VI'))),
  inicio: expected(column('date', 'Primeiro dia da atividade.', law('VI'))),
  fim: ahead(column('date', 'Último dia; vazio enquanto dura.', law('VI'))),
  dias: column('count', 'Dias trabalhados ou de estudo no período.', law('VI'), '90'),
  horas: column('count', 'Horas de estudo no período.', law('VI'), '360'),
});

export const faltaDisciplinar = view('falta_disciplinar', null, 'Falta disciplinar da pessoa.', {
  custodiado_id: whose,
  tipo: column('text', 'O que houve, como foi escrito.', law('IX'), 'POSSE DE APARELHO CELULAR'),
  natureza: expected(code(sentence.faltaNatureza, 'Gravidade da falta.', law('IX'))),
  inicio: expected(column('date', 'Dia da falta.', law('IX'))),
  fim: ahead(column('date', 'Último dia da sanção, se houver.', law('IX'))),
});

export const saude = view('saude', null, 'Atendimento, tratamento ou agravo de saúde da pessoa.', {
  custodiado_id: whose,
  tipo: expected(
    column('text', 'Que atendimento ou agravo, como foi escrito.', infopen('6.6 e 6.7'), 'CONSULTA MÉDICA'),
  ),
  inicio: expected(column('date', 'Primeiro dia.', infopen('6.6'))),
  fim: ahead(column('date', 'Último dia; vazio enquanto dura.')),
});

export const visitante = view('visitante', 'atualizado_em', 'Pessoa cadastrada para visitar.', {
  nome: expected(column('name', 'Nome civil completo.', infopen('5.11'))),
  nome_mae: column('name', 'Nome completo da mãe.', null, 'ANA LÚCIA FERREIRA'),
  data_nascimento: column('birth-date', 'Data de nascimento.'),
  cpf: column('cpf', 'CPF, com ou sem pontos.'),
  rg: column('rg', 'Número do documento de identidade, com seu dígito.'),
  rg_orgao: column('text', 'Órgão que expediu o documento de identidade.', null, 'SSP'),
  rg_uf: column('uf', 'Estado que expediu o documento de identidade.'),
  atualizado_em: changed,
});

export const advogado = view('advogado', 'atualizado_em', 'Advogado ou defensor que atende pessoas presas.', {
  nome: expected(column('name', 'Nome completo, sem título.', null, 'CARLA MENDES TEIXEIRA')),
  categoria: code(
    person.advogadoCategoria,
    'Se é advogado, ou defensor público, que não precisa de inscrição na OAB.',
    'STF, Tema 1074',
  ),
  oab_numero: expected(column('oab-number', 'Número da inscrição na OAB.')),
  oab_uf: expected(column('uf', 'Seccional da OAB.')),
  cpf: column('cpf', 'CPF, com ou sem pontos.'),
  atualizado_em: changed,
});

export const vinculo = view(
  'vinculo',
  'atualizado_em',
  'Quem pode visitar ou atender a pessoa custodiada: uma linha para cada.',
  {
    custodiado_id: whose,
    pessoa_tipo: expected(code(person.pessoaTipo, 'Se é visitante ou advogado.')),
    pessoa_id: expected(
      reference(['visitante', 'advogado'], 'Quem é: a chave em "visitante" ou em "advogado".'),
    ),
    parentesco: code(person.parentesco, 'O que é da pessoa custodiada.'),
    situacao: code(person.vinculoSituacao, 'Se está autorizado agora.'),
    inicio: column('date', 'Desde quando.'),
    fim: ahead(column('date', 'Até quando; vazio enquanto vale.')),
    atualizado_em: changed,
  },
);

export const visita = view('visita', 'instante', 'Visita que houve.', {
  custodiado_id: whose,
  visitante_id: expected(reference(['visitante'], 'Quem visitou.', infopen('7.3'))),
  unidade_id: reference(['unidade'], 'Unidade da visita.', infopen('7.3')),
  instante: expected(column('instant', 'Quando começou.', infopen('7.3'))),
});

export const foto = view(
  'foto',
  'atualizado_em',
  'Fotografia: em "conteudo" ou em "endereco", um dos dois.',
  {
    custodiado_id: whose,
    tipo: expected(code(person.fotoTipo, 'O que mostra.')),
    data: column('date', 'Dia em que foi tirada.'),
    conteudo: column('bytes', 'Os bytes da imagem.'),
    endereco: column('text', 'De onde a imagem pode ser lida.', null, '/fotos/al/34/000001234-frente.jpg'),
    atualizado_em: changed,
  },
);

/** Those that others refer to come first, so that a first load finds its references. */
export const standardViews: readonly StandardView[] = [
  ...[unidade, custodiado, outroNome, custodia, movimentacao, processo, pena, remicao],
  ...[trabalhoEstudo, faltaDisciplinar, saude, visitante, advogado, vinculo, visita, foto],
];
