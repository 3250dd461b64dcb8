import Type from 'typebox';
import { lookingRoles } from '../../../central/console/access/roles.ts';
import { checkField, radioFields, textArea } from '../../../central/console/html/choices.ts';
import { faultSummary } from '../../../central/console/html/faults.ts';
import { form, notice, selectField, textField } from '../../../central/console/html/form.ts';
import { type Html, html } from '../../../central/console/html/html.ts';
import { facts, opened, pages, printButton } from '../../../central/console/html/parts.ts';
import { table } from '../../../central/console/html/table.ts';
import { type ConsoleRoute, route } from '../../../central/console/route.ts';

// Pages that no user has: of each part that a page may be made of, and of each way a form goes.

const columns = [
  { label: 'Nome' },
  { label: 'Nome da mãe' },
  { label: 'Nascimento' },
  { label: 'Estado e unidade' },
  { label: 'Situação' },
  { label: 'Registros', isNumber: true },
];
const unit = 'AL · Presídio de Segurança Média Professor Cyridião Durval e Silva';
const rows = [
  [
    html`<a href="#1">JOSÉ CARLOS DA SILVA</a>`,
    'MARIA APARECIDA DA SILVA',
    '12/03/1988',
    unit,
    'Fechado',
    12,
  ],
  [
    html`<a href="#2">JOSE CARLOS SILVA</a>`,
    'MARIA AP. SILVA',
    '12/03/1988',
    'RO · Urso Branco',
    'Provisório',
    3,
  ],
  [
    html`<a href="#3">${'A'.repeat(60)}</a>`,
    null,
    '13/02/1988',
    'PE · Aníbal Bruno',
    'Saiu em 02/06/2025',
    1_204,
  ],
];

function partsPage(): Html {
  return html`<h1>Partes de uma página</h1>
    <p>Um parágrafo com <a href="#tabela">um link</a>, um código <code>0001234-56.2026.8.02.0001</code> e <strong>um destaque</strong>.</p>
    ${notice('success', 'O acesso foi aprovado.')}
    ${notice('info', html`Há um artigo sobre isto na <a href="/ajuda">ajuda</a>.`)}
    ${notice('warning', 'O acordo do seu órgão termina em 10 dias.')}
    ${notice('danger', 'O pedido foi recusado.')}
    <h2 id="tabela">Tabela</h2>
    ${table({ caption: '3 pessoas parecidas', columns, rows, empty: 'Ninguém.' })}
    ${pages({ first: '?pagina=1', next: '?pagina=3' })}
    <h2>Fatos</h2>
    ${facts([
      ['Órgão', 'Defensoria Pública do Estado'],
      ['Acordo', 'ACT 1/2026, até 31/12/2026'],
      ['Chave', html`<code>${'0123456789abcdef'.repeat(4)}</code>`],
    ])}
    <h3>O que se abre</h3>
    ${opened('Como a busca funciona', html`<p>Cada palavra é procurada como foi escrita e como soa.</p>`)}
    ${opened('Já aberto', html`<ul><li>um</li><li>dois</li></ul>`, true)}
    <p class="botoes"><a class="br-button primary" href="#tabela">Continuar</a> <a class="br-button secondary" href="/">Voltar</a> ${printButton()}</p>`;
}

const choices = [
  { value: '', label: 'Escolha' },
  { value: 'al', label: 'Alagoas' },
  { value: 'ro', label: 'Rondônia' },
];
const ways = [
  { value: 'processo', label: 'Processo', help: 'Com o número inteiro, como está nos autos.' },
  { value: 'ordem', label: 'Ordem judicial' },
];
const sampleForm = Type.Object({
  nome: Type.String({ default: '', maxLength: 200 }),
  senha: Type.String({ default: '', maxLength: 200 }),
  uf: Type.String({ default: '', maxLength: 2 }),
  tipo: Type.String({ default: '', maxLength: 20 }),
  motivo: Type.String({ default: '', maxLength: 2000 }),
  aceito: Type.String({ default: '', maxLength: 3 }),
});
type Filled = Type.Static<typeof sampleForm>;
const unfilled: Filled = { nome: '', senha: '', uf: '', tipo: '', motivo: '', aceito: '' };

function formPage(token: string, filled: Filled, isSent: boolean): Html {
  const missing = (name: keyof Filled, fault: string) => (isSent && filled[name] === '' ? fault : null);
  const faults = {
    nome: missing('nome', 'Escreva o nome.'),
    senha: missing('senha', 'Escreva a senha.'),
    uf: missing('uf', 'Escolha o estado.'),
    tipo: missing('tipo', 'Escolha de onde vem a finalidade.'),
    aceito: missing('aceito', 'Marque que leu o aviso.'),
  };
  const fault = <N extends keyof typeof faults>(name: N) => ({ name, fault: faults[name] });
  return html`<h1>Formulário</h1>
    ${faultSummary(faults)}
    ${form({
      ...{ action: '/t/formulario', token, submit: 'Enviar' },
      children: html`${textField({ ...fault('nome'), label: 'Nome', value: filled.nome, help: 'Como está no documento.', isRequired: true })}
        ${textField({ ...fault('senha'), label: 'Senha', type: 'password', isRequired: true })}
        ${selectField({ ...fault('uf'), label: 'Estado', choices, value: filled.uf })}
        ${radioFields({ ...fault('tipo'), label: 'De onde vem a finalidade', choices: ways, value: filled.tipo })}
        ${textArea({ name: 'motivo', label: 'Motivo', value: filled.motivo })}
        ${checkField({ ...fault('aceito'), label: 'Li o aviso e sei que esta consulta é registrada.', isChecked: filled.aceito !== '' })}`,
    })}`;
}

export const sampleRoutes: readonly ConsoleRoute[] = [
  route({
    ...{ method: 'GET', path: '/auditoria/t/partes', who: 'member' },
    answer: async () => ({ title: 'Partes', main: partsPage() }),
  }),
  route({
    ...{ method: 'GET', path: '/t/pessoas', who: 'case', views: ['custodiado'], showsPeople: true },
    roles: lookingRoles,
    answer: async () => ({
      title: 'Pessoas',
      main: partsPage(),
      look: { terms: null, found: 0, shown: [] },
    }),
  }),
  route({
    ...{
      method: 'GET',
      path: '/t/formulario',
      who: 'member',
      query: Type.Object({ feito: Type.Optional(Type.String()) }),
    },
    answer: async ({ formToken, query }) => ({
      title: 'Formulário',
      main:
        query.feito === undefined
          ? formPage(formToken, unfilled, false)
          : html`<h1>Formulário</h1>${notice('success', 'Tudo certo.')}`,
    }),
  }),
  route({
    ...{ method: 'POST', path: '/t/formulario', who: 'member', form: sampleForm },
    answer: async ({ formToken, form: filled }) => {
      const { motivo: _, ...required } = filled;
      if (!Object.values(required).includes('')) return { goTo: '/t/formulario?feito=1' };
      return { title: 'Formulário', status: 422, main: formPage(formToken, filled, true) };
    },
  }),
  route({
    ...{ method: 'GET', path: '/t/auditor', who: 'member', roles: ['auditor'] },
    answer: async () => ({ title: 'x', main: html`<h1>x</h1>` }),
  }),
  route({
    ...{ method: 'GET', path: '/t/quebra', who: 'anyone' },
    answer: async () => {
      throw new Error('made up');
    },
  }),
];
