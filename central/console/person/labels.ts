/** What columns of the standard views are called on a page, by their names: one name means the same in every view. */
const labels: Readonly<Record<string, string>> = {
  ...{ nome: 'Nome', nome_social: 'Nome social', nome_mae: 'Nome da mãe', nome_pai: 'Nome do pai' },
  ...{ data_nascimento: 'Nascimento', sexo: 'Sexo', genero: 'Gênero', cor_raca: 'Cor ou raça' },
  ...{ estado_civil: 'Estado civil', escolaridade: 'Escolaridade', nacionalidade: 'Nacionalidade' },
  ...{ naturalidade_ibge: 'Naturalidade', cpf: 'CPF', rg: 'RG', rg_orgao: 'Órgão do RG', rg_uf: 'UF do RG' },
  ...{ rji: 'RJI', infopen: 'INFOPEN', registro_estadual: 'Registro no estado', alcunhas: 'Alcunhas' },
  ...{ categoria: 'Categoria', oab_numero: 'OAB', oab_uf: 'Seccional da OAB' },
  ...{ custodiado_id: 'Pessoa custodiada', visitante_id: 'Visitante', pessoa_id: 'Pessoa' },
  ...{ unidade_id: 'Unidade', unidade_origem_id: 'De', unidade_destino_id: 'Para', processo_id: 'Processo' },
  ...{ entrada: 'Entrada', saida: 'Saída', motivo_saida: 'Motivo da saída', natureza: 'Natureza' },
  ...{ regime: 'Regime', monitoracao: 'Monitoração eletrônica', rdd: 'RDD', ala: 'Ala', cela: 'Cela' },
  ...{ data_prisao: 'Prisão', aviso_familia: 'Aviso à família', aviso_defensor: 'Aviso ao defensor' },
  ...{ conduta: 'Conduta', conduta_em: 'Atestado de conduta', exame_cessacao: 'Exame de cessação' },
  ...{ exame_cessacao_em: 'Dia do exame', so_atual: 'Só o período atual' },
  ...{ tipo: 'Tipo', instante: 'Quando', motivo: 'Motivo', numero_cnj: 'Número', orgao: 'Juízo' },
  ...{ tipo_penal: 'Crime', data_fato: 'Fato', pena_minima_meses: 'Pena mínima (meses)' },
  ...{ pena_maxima_meses: 'Pena máxima (meses)', anos: 'Anos', meses: 'Meses', dias: 'Dias', horas: 'Horas' },
  ...{ inicio: 'Início', fim: 'Fim', termino_previsto: 'Término previsto', dias_remidos: 'Dias remidos' },
  ...{
    dias_detracao: 'Detração (dias)',
    dias_interrupcao: 'Interrupção (dias)',
    homologada_em: 'Homologada',
  },
  ...{ pessoa_tipo: 'Quem é', parentesco: 'Parentesco', situacao: 'Situação', data: 'Data' },
  ...{ endereco: 'Endereço da imagem', id: 'Chave' },
};

export function labelOf(column: string): string {
  return labels[column] ?? column;
}

/** What a row of each view is called. */
const views: Readonly<Record<string, string>> = {
  ...{ unidade: 'Unidade', custodiado: 'Cadastro de custodiado', outro_nome: 'Outro nome' },
  ...{ custodia: 'Custódia', movimentacao: 'Movimentação', processo: 'Processo', pena: 'Pena' },
  ...{ remicao: 'Remição', trabalho_estudo: 'Trabalho ou estudo', falta_disciplinar: 'Falta disciplinar' },
  ...{ saude: 'Saúde', visitante: 'Cadastro de visitante', advogado: 'Cadastro de advogado' },
  ...{ vinculo: 'Vínculo', visita: 'Visita', foto: 'Fotografia' },
};

export function viewLabel(view: string): string {
  return views[view] ?? view;
}
