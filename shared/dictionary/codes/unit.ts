import { codeList } from './code-list.ts';

export const unidadeTipo = codeList('unidade_tipo', {
  penitenciaria: ['Penitenciária'],
  cadeia_publica: ['Cadeia pública', 'Cadeia'],
  centro_detencao: ['Centro de detenção provisória', 'Centro de detenção', 'CDP'],
  colonia: [
    'Colônia agrícola, industrial ou similar',
    ...['Colônia', 'Colônia penal', 'Colônia agrícola', 'Colônia industrial', 'Colônia agroindustrial'],
    'Colônia penal agrícola',
  ],
  casa_albergado: ['Casa do albergado', 'Casa de albergado', 'Albergue'],
  hospital_custodia: [
    'Hospital de custódia e tratamento',
    ...['Hospital de custódia', 'Hospital de custódia e tratamento psiquiátrico', 'HCTP'],
  ],
  centro_observacao: ['Centro de observação criminológica', 'Centro de observação'],
  central_monitoracao: [
    'Central de monitoração eletrônica',
    ...['Central de monitoração', 'Central de monitoramento', 'Central de monitoramento eletrônico'],
  ],
  outro: ['Outro', 'Outros', 'Outra', 'Outras'],
});

export const unidadeSexo = codeList('unidade_sexo', {
  feminino: ['Feminino', 'F', 'FEM', 'Feminina'],
  masculino: ['Masculino', 'M', 'MASC', 'Masculina'],
  misto: ['Misto', 'Mista'],
});

export const unidadeSituacao = codeList('unidade_situacao', {
  em_uso: ['Em funcionamento', 'Ativa', 'Ativo', 'A', 'Em atividade'],
  interditada: ['Interditada', 'Interditado', 'Parcialmente interditada'],
  desativada: ['Desativada', 'Desativado', 'Inativa', 'Inativo', 'I', 'Extinta'],
});
