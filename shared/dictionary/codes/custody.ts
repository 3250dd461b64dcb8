import { codeList } from './code-list.ts';

// Spellings are those of forms of state systems, of INFOPEN's survey and of BNMP. What two national values could be
// meant by (`Medida cautelar`, `Presídio`) is in none: it is listed for a person to decide, per state.

export const natureza = codeList('natureza', {
  provisoria: [
    'Prisão provisória',
    ...['Provisória', 'Provisório', 'Preso provisório', 'Presos provisórios', 'Processado', 'Pronunciado'],
    ...['Presos provisórios (sem condenação)', 'Inquérito policial', 'Aguardando fiança'],
    ...['Flagrante', 'Prisão em flagrante', 'Decorrente de sentença de pronúncia'],
    ...['Preventiva', 'Prisão preventiva', 'Mandado de prisão preventiva', 'Mandado de prisão provisório'],
    ...['Mandado de prisão provisória', 'Preventiva de conversão de flagrante'],
    'Conversão da temporária em preventiva',
  ],
  temporaria: ['Prisão temporária', 'Temporária', 'Temporário', 'Mandado de prisão temporária'],
  condenacao: [
    'Condenação',
    ...['Condenado', 'Condenada', 'Sentenciado', 'Sentenciada', 'Definitiva', 'Sentença'],
    ...['Cumprimento de sentença', 'Cumprimento de pena', 'Guia de recolhimento'],
    ...['Mandado de prisão condenatório', 'Mandado de prisão condenatória'],
    ...['Preso condenado em execução provisória', 'Preso condenado em execução definitiva'],
  ],
  medida_seguranca: [
    'Medida de segurança',
    ...['MS', 'Medidas de segurança de internação', 'Medida de segurança - internação'],
    ...['Medida de segurança - tratamento ambulatorial', 'Medida de tratamento', 'Internado em execução'],
  ],
  civil: [
    'Prisão civil',
    ...['Civil', 'Cível', 'Prisão cível', 'Mandado de prisão cível', 'Mandado de prisão civil'],
    ...['Pensão alimentícia', 'Débito alimentar', 'Devedor de alimentos'],
  ],
  outra: ['Outra', 'Outras', 'Outro', 'Outros', 'Deportação, extradição ou expulsão'],
});

const isProvisional = { natureza: 'provisoria' };
const isTemporary = { natureza: 'temporaria' };
const isCivil = { natureza: 'civil' };
const isMeasure = { natureza: 'medida_seguranca' };
const isSentenced = { natureza: 'condenacao' };

/** What is no regime but stands in states' lists of regimes comes to `sem_regime`, and says its kind by `implies`. */
export const regime = codeList(
  'regime',
  {
    fechado: ['Fechado', 'Regime fechado', 'Presos sentenciados - regime fechado'],
    semiaberto: [
      'Semiaberto',
      ...[
        'Regime semiaberto',
        'Semiaberto sem saída',
        'Semiaberto com saída',
        'Semiaberto com trabalho externo',
      ],
      ...['Semiaberto com trabalho externo e saída', 'Semiaberto com trabalho concedido'],
      ...['Semiaberto com trabalho concedido e saída', 'Semiaberto com trabalho e saída'],
      'Presos sentenciados - regime semiaberto',
    ],
    aberto: ['Aberto', 'Regime aberto', 'Presos sentenciados - regime aberto'],
    domiciliar: ['Prisão domiciliar', 'Domiciliar', 'Regime domiciliar', 'Aberto domiciliar'],
    internacao: ['Internação', 'Medida de segurança - internação', 'Medidas de segurança de internação'],
    tratamento_ambulatorial: [
      'Tratamento ambulatorial',
      ...['Ambulatorial', 'Medida de tratamento', 'Medida de segurança - tratamento ambulatorial'],
    ],
    sem_regime: [
      'Sem regime',
      ...['Provisório', 'Provisória', 'Preso provisório', 'Presos provisórios', 'Temporário', 'Temporária'],
      ...['Presos provisórios (sem condenação)', 'Mandado de prisão cível', 'Mandado de prisão civil'],
      ...['Prisão civil', 'Medida de segurança'],
    ],
  },
  {
    ...{ Provisório: isProvisional, Provisória: isProvisional, 'Preso provisório': isProvisional },
    ...{ 'Presos provisórios': isProvisional, 'Presos provisórios (sem condenação)': isProvisional },
    ...{ Temporário: isTemporary, Temporária: isTemporary },
    ...{ 'Mandado de prisão cível': isCivil, 'Mandado de prisão civil': isCivil, 'Prisão civil': isCivil },
    ...{ 'Medida de segurança': isMeasure, 'Medida de tratamento': isMeasure },
    ...{ 'Medida de segurança - internação': isMeasure, 'Medidas de segurança de internação': isMeasure },
    'Medida de segurança - tratamento ambulatorial': isMeasure,
    ...{ 'Presos sentenciados - regime fechado': isSentenced },
    ...{ 'Presos sentenciados - regime semiaberto': isSentenced },
    ...{ 'Presos sentenciados - regime aberto': isSentenced },
  },
);

/** The kinds of release orders are those of Resolução CNJ 417/2021, art. 7º. */
export const motivoSaida = codeList('motivo_saida', {
  alvara: ['Alvará de soltura', 'Alvarás de soltura', 'Alvará', 'Soltura'],
  liberdade_provisoria: ['Liberdade provisória'],
  relaxamento: ['Relaxamento da prisão', 'Relaxamento', 'Relaxamento do flagrante'],
  fianca: ['Recolhimento de fiança', 'Fiança', 'Pagamento de fiança'],
  revogacao_preventiva: ['Revogação da preventiva', 'Revogação da prisão preventiva'],
  revogacao_temporaria: [
    'Revogação da temporária',
    ...['Revogação da prisão temporária', 'Término da prisão temporária'],
  ],
  rejeicao_denuncia: ['Rejeição da denúncia'],
  impronuncia: ['Impronúncia'],
  trancamento: ['Trancamento da ação', 'Trancamento', 'Trancamento da ação penal'],
  condenacao_aberto: ['Condenação em regime aberto'],
  semiaberto_condicoes: ['Semiaberto com condições'],
  livramento_condicional: ['Livramento condicional', 'Carta de livramento', 'Carta livramento'],
  progressao: ['Progressão de regime', 'Progressão'],
  termino_pena: [
    'Término da pena',
    ...['Término de pena', 'Fim da pena', 'Extinção da pena', 'Cumprimento da pena', 'Pena cumprida'],
  ],
  absolvicao: ['Absolvição', 'Absolvido', 'Absolvida'],
  extincao_punibilidade: ['Extinção da punibilidade', 'Extinção de punibilidade'],
  debito_alimentar: ['Quitação de débito alimentar', 'Quitação do débito alimentar'],
  semiliberdade_indigena: ['Semiliberdade indígena'],
  prisao_domiciliar: ['Prisão domiciliar', 'Domiciliar'],
  desinternacao: [
    'Desinternação',
    ...['Ordem de desinternação', 'Revogação da internação provisória', 'Extinção da medida'],
  ],
  transferencia: [
    'Transferência',
    ...['Transferido', 'Transferência de presídio', 'Transferência de comarca', 'Transferências/remoções'],
    ...['Transferência para estado de origem', 'Remoção'],
    'Transferências/remoções - deste para outro estabelecimento',
  ],
  saida_temporaria: ['Saída temporária', 'Saídas temporárias'],
  fuga: ['Fuga ou evasão', 'Fuga', 'Evasão', 'Abandono', 'Abandonos', 'Foragido', 'Evadido'],
  obito: [
    'Óbito',
    ...['Óbitos', 'Morte', 'Falecimento', 'Falecido', 'Suicídio', 'Óbito natural', 'Óbito criminal'],
    ...['Óbito suicídio', 'Óbito acidental', 'Óbito com causa desconhecida'],
    ...['Óbitos naturais / óbitos por motivos de saúde', 'Óbitos criminais', 'Óbitos suicídios'],
    ...['Óbitos acidentais', 'Óbitos com causa desconhecida', 'Total de óbitos'],
  ],
  registro_duplicado: [
    'Registro em duplicidade',
    ...['Duplicidade de registros', 'Duplicidade de registro', 'Duplicidade', 'Registro duplicado'],
  ],
  outro: ['Outro', 'Outros', 'Outra', 'Outras'],
});

export const movimentacaoTipo = codeList('movimentacao_tipo', {
  entrada: [
    'Entrada',
    ...[
      'Inclusão',
      'Ingresso',
      'Inclusão originária',
      'Inclusões originárias',
      'Número de inclusões originárias',
    ],
  ],
  saida: ['Saída', 'Desligamento', 'Exclusão'],
  transferencia: [
    'Transferência',
    ...['Transferência de presídio', 'Transferência de comarca', 'Transferência para estado de origem'],
    ...['Remoção', 'Transferências/remoções', 'Número de inclusões por transferências ou remoções'],
    'Transferências/remoções - deste para outro estabelecimento',
  ],
  saida_temporaria: ['Saída temporária', 'Saídas temporárias'],
  escolta: [
    'Escolta ou audiência',
    ...['Escolta', 'Audiência', 'Videoconferência', 'Permissão de saída', 'Hospital', 'Vara', 'Delegacia'],
  ],
  retorno: ['Retorno', 'Devolução', 'Regresso'],
  fuga: ['Fuga ou evasão', 'Fuga', 'Evasão', 'Abandono', 'Abandonos'],
  recaptura: ['Recaptura', 'Recapturado'],
  soltura: ['Soltura', 'Alvará de soltura', 'Alvarás de soltura'],
  obito: ['Óbito', 'Falecimento', 'Morte', 'Total de óbitos'],
  mudanca_cela: ['Mudança de cela', 'Troca de cela'],
  outra: ['Outra', 'Outras', 'Outro', 'Outros'],
});
