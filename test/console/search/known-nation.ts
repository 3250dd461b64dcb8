import { type National, register, row } from './national.ts';

const person = (id: string, values: Record<string, unknown>, source = 'AL') =>
  register(source, 'custodiado', id, values);
const process = '00012347520268020001';

const washington = person('1', {
  ...{ nome: 'WASHINGTON LUIZ DE SOUZA', nome_mae: 'MARIA DAS DORES SOUZA', data_nascimento: '1980-01-31' },
  ...{ cpf: '52998224725', rji: '18012345678', rg: '1234567', rg_uf: 'AL', infopen: '998877' },
  alcunhas: ['UÓXI', 'PARAÍBA'],
});

/** The same person as AL's, under another spelling. */
const inSergipe = {
  ...person('9', { nome: 'UOSHINGTON LUIS SOUSA', nome_mae: 'MARIA D SOUZA' }, 'SE'),
  pessoa_id: washington['natal_id'],
};

const many = Array.from({ length: 1005 }, (_, at) =>
  person(`m${at}`, {
    nome: 'JOSE DA SILVA',
    nome_mae: at === 7 ? 'EDILEUZA PEREIRA' : 'MARIA DA SILVA',
    data_nascimento: `${1950 + (at % 40)}-0${(at % 9) + 1}-1${at % 10}`,
  }),
);

/** People of whom tests ask, in two states. */
export const knownNation: National = {
  registro: [
    ...[washington, inSergipe, ...many],
    person('2', { nome: 'ANTONIA PEREIRA LIMA', nome_social: 'JANAÍNA LIMA', data_nascimento: '1991-05-20' }),
    person('3', { nome: 'SEBASTIANA ALBUQUERQUE', registro_estadual: 'AL-55-1' }),
    person('4', {}),
    person('5', { nome: `COMPRIDO ${'NOME '.repeat(800)}` }),
    person('6', { nome: '<b>SCRIPT</b> & "ASPAS"' }),
    register('AL', 'visitante', '1', { nome: 'VISITANTE DE TESTE', data_nascimento: '1970-02-02' }),
    register('AL', 'visitante', '2', { nome: 'CRIANCA DE TESTE', data_nascimento: '2020-02-02' }),
    register('AL', 'advogado', '1', { nome: 'DOUTORA DEFENSORA', oab_numero: '1234', oab_uf: 'AL' }),
  ],
  outro_nome: [row('AL', '1', { custodiado_id: '3', nome: 'BASTIANA DO CORTIÇO' })],
  unidade: [
    row('AL', 'u1', { nome: 'PRESÍDIO BALDOMERO CAVALCANTI' }),
    row('AL', 'u2', { nome: 'CADEIA VELHA' }),
  ],
  custodia: [
    row('AL', '1', { custodiado_id: '1', unidade_id: 'u1', entrada: '2024-05-29', regime: 'fechado' }),
    row('AL', '2', { custodiado_id: '2', unidade_id: 'u2', entrada: '2019-01-01', saida: '2020-01-01' }),
    row('SE', '1', { custodiado_id: '9', unidade_id: 'x', entrada: '2020-01-01', saida: '2021-01-01' }),
  ],
  processo: [row('AL', '1', { custodiado_id: '2', numero_cnj: process })],
};
