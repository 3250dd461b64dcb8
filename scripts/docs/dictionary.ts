import type { Rule } from '../../central/treat/rules/rule.ts';
import type { CodeList } from '../../shared/dictionary/codes/code-list.ts';
import type { StandardColumn, StandardView } from '../../shared/dictionary/columns.ts';
import { columnTypeNames } from '../../shared/dictionary/kinds.ts';
import { ruleLink } from './rules-page.ts';
import { tableRow, tableRule } from './table-row.ts';

/** Which rule it is, and what it looks at. */
type RuleLooking = Pick<Rule, 'code' | 'needs' | 'needsOne'>;

const preface = `# Dicionário de dados

Feito por \`npm run docs\` a partir de \`shared/dictionary/\`. Diz o que cada visão do estado mostra, e por que se pede. Para fazer as visões: [guia-do-estado.md](guia-do-estado.md), passo 3.

- **Obrigatória** é só a coluna sem a qual a linha não serve para nada: a chave, e de quem a linha é. A linha que não a tem fica em quarentena até ser corrigida. O resto que faltar, a base nacional aponta ao estado como achado.
- **Esperada** é a que toda linha deveria ter: vazia, a linha entra, e fica apontada. **Opcional** é o resto.
- Coluna que o sistema do estado não tem, obrigatórias à parte: deixe fora da visão. Uma visão pode ter outras colunas, além destas.
- **Sem valor é nulo.** Não escreva NÃO INFORMADO, IGNORADO, 00/00/0000 nem 01/01/1900.
- **Datas** como data do banco, não como texto; se forem texto, \`2026-01-31\` ou \`31/01/2026\`. **Data-hora** no relógio do estado.
- **Sim ou não**: o tipo lógico do banco, 1 e 0, ou S e N.
- **Listas**: escreva o valor nacional, ou o que o sistema já usa. Maiúsculas, acentos, espaços e pontuação não fazem diferença. O que a lista não conhece não se perde: é perguntado a uma pessoa, uma vez por estado.
- Documentos (CPF, RG, processo) podem vir com ou sem pontos, como **texto**: um número perde os zeros da esquerda.

A coluna "regras" de cada tabela diz quais [regras](regras.md) da base nacional olham para a coluna. Os exemplos são inventados.
`;

/**
 * The dictionary as people read it: each view with its columns, and the lists of values. Of each column it names the
 * rules that look at it; what these say stands on their own page.
 */
export function dictionaryPage(views: readonly StandardView[], rules: readonly RuleLooking[]): string {
  const lists = new Map(
    views.flatMap(({ columns }) =>
      columns.flatMap(({ codes }) => (codes === undefined ? [] : [[codes.name, codes]])),
    ),
  );
  return [
    preface,
    ...['## Visões', '', '| visão | o que é uma linha |', '|---|---|'],
    ...views.map(({ name, about }) => tableRow(`[${name}](#${name})`, about)),
    ...views.flatMap((view) => viewSection(view, rules)),
    ...['', '## Listas'],
    ...[...lists.values()].flatMap(listSection),
    '',
  ].join('\n');
}

function viewSection({ name, about, key, watermark, columns }: StandardView, rules: readonly RuleLooking[]) {
  const changes =
    watermark === null
      ? 'não tem coluna de mudança, e o agente acha as mudanças por comparação'
      : `as mudanças se acham por \`${watermark}\``;
  const headings = ['coluna', 'o que é', 'tipo', '', 'exemplo', 'por que se pede', 'regras'];
  return [
    ...['', `### ${name}`, ''],
    ...[`${about} Chave: \`${key.join('`, `')}\`; ${changes}.`, ''],
    ...[tableRow(...headings), tableRule(headings.length)],
    ...columns.map((column) => {
      const looking = rules.filter(({ needs, needsOne = [] }) =>
        [...needs, ...needsOne].includes(`${name}.${column.name}`),
      );
      // A code may have a rule for each of several views.
      const codes = new Set(looking.map(({ code }) => code));
      return tableRow(
        ...[`\`${column.name}\``, column.about, typeOf(column)],
        ...[presenceOf(column), `\`${column.example}\``, column.basis ?? ''],
        [...codes].map((code) => `[${code}](${ruleLink(code)})`).join(' '),
      );
    }),
  ];
}

function presenceOf({ required, expected }: StandardColumn): string {
  if (required) return '**obrigatória**';
  return expected ? 'esperada' : 'opcional';
}

function typeOf({ type, codes, to }: StandardColumn): string {
  const name = columnTypeNames[type];
  if (codes !== undefined) return `${name}, da lista [${codes.name}](#lista-${codes.name})`;
  return to === undefined ? name : `${name}, chave de ${to.map((view) => `\`${view}\``).join(' ou ')}`;
}

function listSection({ name, values, implies }: CodeList): string[] {
  return [
    ...['', `### Lista ${name}`, ''],
    ...['| valor nacional | o que é | também se entende |', '|---|---|---|'],
    ...values.map(({ code, label, spellings }) => tableRow(`\`${code}\``, label, spellings.join(' · '))),
    ...(implies.length === 0
      ? []
      : ['', 'Alguns dizem também o valor de outra coluna, se ela vier vazia:', '']),
    ...implies.map(({ spelling, columns }) => {
      const said = Object.entries(columns).map(([column, code]) => `\`${column}\` = \`${code}\``);
      return `- ${spelling}: ${said.join(', ')}`;
    }),
  ];
}
