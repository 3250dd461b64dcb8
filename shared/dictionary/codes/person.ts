import { codeList } from './code-list.ts';

export const sexo = codeList('sexo', {
  feminino: ['Feminino', 'F', 'FEM', 'Feminina'],
  masculino: ['Masculino', 'M', 'MASC', 'Masculina'],
});

/** Lists that have `Feminino` and `Masculino` here do not tell who is cis: a person decides, per state. */
export const genero = codeList('genero', {
  mulher_cis: ['Mulher cisgênero', 'Mulher cis', 'Mulher cisgênera'],
  homem_cis: ['Homem cisgênero', 'Homem cis'],
  mulher_trans: ['Mulher transexual', 'Mulher trans', 'Mulher transgênero', 'Mulher transgênera'],
  homem_trans: ['Homem transexual', 'Homem trans', 'Homem transgênero'],
  travesti: ['Travesti'],
  nao_binario: ['Não binário', 'Não binária', 'Não binarie', 'Pessoa não binária'],
  outro: ['Outro', 'Outros', 'Outra', 'Outras'],
});

/** `Negra` is not among them: by the census it is both `preta` and `parda`. */
export const corRaca = codeList('cor_raca', {
  branca: ['Branca', 'Branco'],
  preta: ['Preta', 'Preto'],
  parda: ['Parda', 'Pardo'],
  amarela: ['Amarela', 'Amarelo'],
  indigena: ['Indígena', 'Índio', 'Índia'],
});

export const estadoCivil = codeList('estado_civil', {
  solteiro: ['Solteiro(a)', 'Solteiro', 'Solteira'],
  casado: ['Casado(a)', 'Casado', 'Casada'],
  uniao_estavel: [
    'União estável',
    ...['Amasiado', 'Amasiada', 'Amasiado(a)', 'União estável/amasiado', 'União estável / amasiado(a)'],
    ...['Convivente'],
  ],
  separado: [
    'Separado(a) judicialmente',
    ...['Separado judicialmente', 'Separada judicialmente', 'Separado', 'Separada', 'Separado(a)'],
    ...['Desquitado', 'Desquitada', 'Desquitado(a)'],
  ],
  divorciado: ['Divorciado(a)', 'Divorciado', 'Divorciada'],
  viuvo: ['Viúvo(a)', 'Viúvo', 'Viúva'],
});

export const escolaridade = codeList('escolaridade', {
  analfabeto: ['Analfabeto', 'Analfabeta', 'Analfabeto(a)', 'Não alfabetizado', 'Não alfabetizada'],
  alfabetizado: [
    'Alfabetizado sem cursos regulares',
    ...['Alfabetizado', 'Alfabetizada', 'Alfabetizado(a)', 'Lê e escreve'],
  ],
  ...grade('fundamental', 'Ensino fundamental', 'Fundamental', '1º grau', 'Primeiro grau'),
  ...grade('medio', 'Ensino médio', 'Médio', '2º grau', 'Segundo grau'),
  ...grade('superior', 'Ensino superior', 'Superior', '3º grau', 'Terceiro grau'),
  pos_graduacao: [
    'Acima de superior completo',
    ...['Ensino acima de superior completo', 'Pós-graduação', 'Pós-graduado', 'Pós-graduada'],
    ...['Especialização', 'Mestrado', 'Doutorado', 'Mestre', 'Doutor'],
  ],
});

function grade(code: string, label: string, ...others: readonly string[]) {
  const ended = (ending: string): [string, ...string[]] => [
    `${label} ${ending}`,
    ...others.map((other) => `${other} ${ending}`),
  ];
  return { [`${code}_incompleto`]: ended('incompleto'), [`${code}_completo`]: ended('completo') };
}

export const outroNomeTipo = codeList('outro_nome_tipo', {
  alcunha: ['Alcunha', 'Apelido', 'Vulgo'],
  nome_anterior: ['Nome anterior', 'Nome de solteira', 'Nome de solteiro', 'Nome de solteiro(a)'],
  nome_falso: ['Nome falso', 'Falsa identidade'],
  grafia: ['Outra grafia', 'Grafia'],
});

export const pessoaTipo = codeList('pessoa_tipo', {
  visitante: ['Visitante', 'Visita'],
  advogado: ['Advogado(a)', 'Advogado', 'Advogada'],
});

export const advogadoCategoria = codeList('advogado_categoria', {
  advogado: [
    'Advogado(a)',
    ...['Advogado', 'Advogada', 'Advogado particular', 'Advogada particular', 'Advogado constituído'],
    ...['Advogada constituída', 'Advogado dativo', 'Advogada dativa', 'Dativo', 'Dativa', 'Particular'],
  ],
  defensor_publico: [
    'Defensor(a) público(a)',
    ...['Defensor público', 'Defensora pública', 'Defensor', 'Defensora', 'Defensor(a)'],
    ...['Defensoria', 'Defensoria pública', 'DP'],
  ],
});

export const parentesco = codeList('parentesco', {
  mae: ['Mãe', 'Genitora'],
  pai: ['Pai', 'Genitor'],
  filho: ['Filho(a)', 'Filho', 'Filha'],
  irmao: ['Irmão ou irmã', 'Irmão', 'Irmã', 'Irmão(ã)'],
  conjuge: [
    'Cônjuge ou companheiro(a)',
    ...['Cônjuge', 'Esposo', 'Esposa', 'Esposo(a)', 'Marido', 'Mulher', 'Companheiro', 'Companheira'],
    ...['Companheiro(a)', 'Amásio', 'Amásia', 'Amásio(a)', 'Convivente'],
  ],
  avo: [
    'Avô ou avó',
    ...['Avó', 'Avós', 'Avô(ó)', 'Avó materna', 'Avó paterna', 'Avô materno', 'Avô paterno'],
    ...['Avós maternos', 'Avós paternos'],
  ],
  neto: ['Neto(a)', 'Neto', 'Neta'],
  outro_parente: [
    'Outro parente',
    ...[
      'Parente',
      'Parentes',
      'Outros parentes',
      'Tio',
      'Tia',
      'Tios',
      'Tio(a)',
      'Primo',
      'Prima',
      'Primo(a)',
    ],
    ...['Sobrinho', 'Sobrinha', 'Sobrinho(a)', 'Cunhado', 'Cunhada', 'Cunhado(a)', 'Sogro', 'Sogra'],
    ...['Sogro(a)', 'Genro', 'Nora', 'Padrasto', 'Madrasta', 'Enteado', 'Enteada', 'Enteado(a)'],
    ...['Bisavô', 'Bisneto', 'Bisneta', 'Bisneto(a)'],
  ],
  amigo: ['Amigo(a)', 'Amigo', 'Amiga', 'Amigos'],
  religioso: [
    'Assistência religiosa',
    'Religioso',
    'Religiosa',
    'Religioso(a)',
    'Religião',
    'Pastor',
    'Padre',
  ],
  defensor: [
    'Defensor(a)',
    'Defensor',
    'Defensora',
    'Defensor público',
    'Advogado',
    'Advogada',
    'Advogado(a)',
  ],
  outro: ['Outro', 'Outros', 'Outra', 'Outras'],
});

/** Whoever is forbidden to visit is like one whose bond rests: neither may come in. */
export const vinculoSituacao = codeList('vinculo_situacao', {
  ativo: ['Ativo', 'Ativa', 'A', 'Autorizado', 'Autorizada', 'Autorizado(a)'],
  suspenso: ['Suspenso', 'Suspensa', 'Suspenso(a)', 'Proibido', 'Proibida', 'Proibido(a)'],
  encerrado: ['Encerrado', 'Encerrada', 'Inativo', 'Inativa', 'I', 'Cancelado', 'Cancelada', 'Cancelado(a)'],
});

export const fotoTipo = codeList('foto_tipo', {
  frente: ['Frente', 'Frontal'],
  perfil: ['Perfil', 'Perfil direito', 'Perfil esquerdo', 'Lateral'],
  sinal: ['Sinal, tatuagem ou cicatriz', 'Sinal', 'Sinais', 'Tatuagem', 'Cicatriz', 'Marca'],
});
