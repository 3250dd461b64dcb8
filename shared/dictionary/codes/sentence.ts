import { codeList } from './code-list.ts';

export const trabalhoEstudoTipo = codeList('trabalho_estudo_tipo', {
  trabalho_interno: ['Trabalho interno', 'Interna', 'Atividade interna'],
  trabalho_externo: ['Trabalho externo', 'Externa', 'Atividade externa'],
  estudo: [
    'Estudo',
    ...['Alfabetização', 'Ensino fundamental', 'Ensino médio', 'Ensino superior', 'Curso técnico'],
    ...['Curso técnico (acima de 800 horas de aula)', 'Capacitação profissional'],
    'Curso de formação inicial e continuada (capacitação profissional, acima de 160 horas de aula)',
  ],
  leitura: [
    'Leitura',
    ...['Remição por leitura', 'Remição pela leitura', 'Remição pelo estudo através da leitura'],
    'Pessoas matriculadas em programa de remição pelo estudo através da leitura',
  ],
  outro: [
    'Outro',
    ...['Outros', 'Outra', 'Outras', 'Esporte', 'Remição pelo estudo através do esporte'],
    'Pessoas matriculadas em programa de remição pelo estudo através do esporte',
    'Pessoas envolvidas em atividades educacionais complementares (videoteca, atividades de lazer, cultura)',
  ],
});

export const remicaoTipo = codeList('remicao_tipo', {
  trabalho: [
    'Trabalho',
    'Remição por trabalho',
    'Remição pelo trabalho',
    'Trabalho interno',
    'Trabalho externo',
  ],
  estudo: ['Estudo', 'Remição por estudo', 'Remição pelo estudo'],
  leitura: [
    'Leitura',
    ...['Remição por leitura', 'Remição pela leitura', 'Remição pelo estudo através da leitura'],
  ],
  outro: ['Outro', 'Outros', 'Outra', 'Outras', 'Esporte', 'Remição pelo estudo através do esporte'],
});

export const faltaNatureza = codeList('falta_natureza', {
  leve: ['Leve', 'Falta leve'],
  media: ['Média', 'Falta média'],
  grave: ['Grave', 'Falta grave'],
});

export const conduta = codeList('conduta', {
  otima: ['Ótima', 'Ótimo', 'Ótimo comportamento'],
  boa: ['Boa', 'Bom', 'Bom comportamento'],
  regular: ['Regular', 'Comportamento regular'],
  ma: ['Má', 'Mau', 'Ruim', 'Mau comportamento'],
  nao_classificada: [
    'Não classificada',
    ...['Não classificado', 'Não classificado por falta de lapso temporal', 'Prejudicado', 'Aguardando CD'],
  ],
});

export const exameCessacao = codeList('exame_cessacao', {
  cessada: ['Periculosidade cessada', 'Cessada', 'Cessou', 'Cessação da periculosidade'],
  nao_cessada: ['Periculosidade não cessada', 'Não cessada', 'Não cessou'],
  inconclusivo: ['Inconclusivo', 'Inconclusiva'],
});
